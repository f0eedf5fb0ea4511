// A card with a chart, the same figures as a table, and their CSV.
import { type ReactNode, useState } from 'react'
import { Card } from './Card'
import { lazily } from './lazily'
import { RowsSkeleton } from './States'
import { type ChartTable, CsvButton, ViewToggle } from './TableActions'

/** Seen by few: its code comes when somebody asks for it. */
export const SheetTable = lazily(
  () => import('./SheetTable').then((table) => table.SheetTable),
  () => <RowsSkeleton />,
)

type Props = {
  title: string
  help?: string
  note?: ReactNode
  sheet: ChartTable | undefined
  children: ReactNode
  piece?: string | undefined
}

export function ChartCard({ title, help, note, sheet, children, piece }: Props) {
  const [isTable, setTable] = useState(false)
  const actions = (
    <>
      <ViewToggle isTable={isTable} onChange={setTable} />
      <CsvButton sheet={sheet} />
    </>
  )
  return (
    <Card
      title={title}
      actions={actions}
      flush={isTable}
      piece={piece}
      {...(help ? { help } : {})}
      {...(note ? { note } : {})}
    >
      {isTable && sheet ? <SheetTable sheet={sheet} label={title} /> : children}
    </Card>
  )
}
