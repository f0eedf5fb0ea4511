// The columns of a table as a person chose them, and the menu to choose them with; kept in this browser.
import { type ReactNode, useContext, useMemo, useState } from 'react'
import { forget, preferenceKey, recall, remember } from '../../lib/store'
import type { Column } from '../DataTable'
import { MemberContext } from '../member'
import { ColumnsMenu } from './ColumnsMenu'
import { type Choice, choiceOf, chosen, isChosen, NO_CHOICE } from './columns'

/** The table is known by its name, in all projects; `hasCsv` when its rows can be exported, all columns of them. */
export function useColumns<Row>(
  name: string,
  all: Column<Row>[],
  rows: Row[],
  { hasCsv = true } = {},
): { columns: Column<Row>[]; menu: ReactNode } {
  const memberId = useContext(MemberContext)
  const key = memberId === undefined ? undefined : preferenceKey(memberId, `columns.${name}`)
  const kept = useMemo(() => (key === undefined ? NO_CHOICE : choiceOf(recall(key))), [key])
  const [changed, setChanged] = useState({ key, choice: kept })
  const choice = changed.key === key ? changed.choice : kept

  // What somebody else looks at, such as a shared page, is as the table has it.
  if (key === undefined) return { columns: all, menu: null }

  function choose(next: Choice) {
    setChanged({ key, choice: next })
    if (key === undefined) return
    if (isChosen(next)) remember(key, JSON.stringify(next))
    else forget(key)
  }

  const known = all.filter(({ isKnown }) => isKnown === undefined || rows.some(isKnown))
  return {
    columns: chosen(all, choice),
    menu: <ColumnsMenu {...{ columns: known, choice, hasCsv }} isDisabled={rows.length === 0} onChoose={choose} />,
  }
}
