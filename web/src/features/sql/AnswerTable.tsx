// The rows of an answer, a page at a time, each value by the type of its column.
import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { exactNumber } from '../../lib/format'
import { isNumeric, shown, type Value } from './cells'
import type { SqlAnswer, SqlColumn } from './model'
import classes from './Sql.module.css'

const PAGE = 100
/** A longer text is broken into lines. */
const MAX_LINE = 60
/** A longer text is cut on the screen, and whole in the title and the file. */
const MAX_SHOWN = 300

export function AnswerTable({ answer }: { answer: SqlAnswer }) {
  const [of, setOf] = useState(answer)
  const [page, setPage] = useState(0)
  // Another answer begins at its head.
  if (of !== answer) {
    setOf(answer)
    setPage(0)
  }
  const columns = answer.columns as SqlColumn[]
  const rows = (answer.rows as Value[][]).slice(page * PAGE, (page + 1) * PAGE)
  return (
    <>
      <div className={classes.rows} tabIndex={0} role="region" aria-label="Rows">
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={index} scope="col" data-align={isNumeric(column) ? 'right' : undefined}>
                  {column.name} <small>{column.type}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={page * PAGE + index}>
                {columns.map((column, place) => (
                  <td key={place} data-align={isNumeric(column) ? 'right' : undefined}>
                    <Cell value={row[place] ?? null} column={column} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answer.row_count > PAGE && <Pages page={page} count={answer.row_count} onPage={setPage} />}
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
