// The rows of an answer, a page at a time, each value by the type of its column; compared ones with what changed in them.
import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { exactNumber } from '../../lib/format'
import { TILE_ROWS, useTile } from '../../ui/tile'
import { isNumeric, shown, type Value } from './cells'
import type { ComparedRow, Mark } from './difference'
import type { SqlAnswer, SqlColumn } from './model'
import classes from './Sql.module.css'

const PAGE = 100
/** A longer text is broken into lines. */
const MAX_LINE = 60
/** A longer text is cut on the screen, and whole in the title and the file. */
const MAX_SHOWN = 300

const MARKS: Record<Mark, string> = { added: 'Added', removed: 'Removed', changed: 'Changed', same: '' }

type Props = { answer: SqlAnswer; compared?: readonly ComparedRow[] | undefined }

export function AnswerTable({ answer, compared }: Props) {
  const all: readonly Partial<ComparedRow>[] = useMemo(
    () => compared ?? (answer.rows as Value[][]).map((values) => ({ values })),
    [answer, compared],
  )
  const [of, setOf] = useState(all)
  const [page, setPage] = useState(0)
  // Another answer begins at its head.
  if (of !== all) {
    setOf(all)
    setPage(0)
  }
  const isTile = useTile() !== null
  const columns = answer.columns as SqlColumn[]
  const rows = all.slice(page * PAGE, isTile ? TILE_ROWS : (page + 1) * PAGE)
  return (
    <>
      <div className={classes.rows} tabIndex={0} role="region" aria-label="Rows">
        <table className={classes.table}>
          <thead>
            <tr>
              {compared && <th scope="col">Change</th>}
              {columns.map((column, index) => (
                <th key={index} scope="col" data-align={isNumeric(column) ? 'right' : undefined}>
                  {column.name} <small>{column.type}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ mark, values = [], before }, index) => (
              <tr key={page * PAGE + index} data-mark={mark}>
                {mark && <td className={classes.mark}>{MARKS[mark]}</td>}
                {columns.map((column, place) => {
                  const [value, was] = [values[place] ?? null, before?.[place] ?? null]
                  const isChanged = before !== undefined && value !== was
                  return (
                    <td
                      key={place}
                      data-align={isNumeric(column) ? 'right' : undefined}
                      data-changed={isChanged || undefined}
                    >
                      <Cell value={value} column={column} />
                      {isChanged && (
                        <small className={classes.was}>
                          was <Cell value={was} column={column} />
                        </small>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!isTile && all.length > PAGE && <Pages page={page} count={all.length} onPage={setPage} />}
    </>
  )
}

function Cell({ value, column }: { value: Value; column: SqlColumn }) {
  const cell = shown(value, column)
  if (cell.kind === 'null') return <i className={classes.null}>NULL</i>
  if (cell.kind === 'empty') return <i className={classes.null}>empty</i>
  if (cell.kind === 'json') {
    return (
      <details className={classes.json}>
        <summary>{cell.text.length > 60 ? `${cell.text.slice(0, 60)}…` : cell.text}</summary>
        <pre>{JSON.stringify(cell.value, null, 2)}</pre>
      </details>
    )
  }
  const isCut = cell.text.length > MAX_SHOWN
  return (
    <span title={cell.exact ?? (isCut ? cell.text : undefined)} data-long={cell.text.length > MAX_LINE || undefined}>
      {isCut ? `${cell.text.slice(0, MAX_SHOWN)}…` : cell.text}
    </span>
  )
}

function Pages({ page, count, onPage }: { page: number; count: number; onPage: (page: number) => void }) {
  const last = Math.ceil(count / PAGE) - 1
  return (
    <div className={classes.pages}>
      <ActionIcon aria-label="Rows before" disabled={page === 0} onClick={() => onPage(page - 1)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <span role="status">
        Rows {exactNumber(page * PAGE + 1)} to {exactNumber(Math.min(count, (page + 1) * PAGE))} of {exactNumber(count)}
      </span>
      <ActionIcon aria-label="Rows after" disabled={page === last} onClick={() => onPage(page + 1)}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </div>
  )
}
