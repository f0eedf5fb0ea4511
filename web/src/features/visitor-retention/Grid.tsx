// The grid: a row for each cohort, a column for each unit since; cells are chosen by click or walked through with the arrow keys.
import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import { exactNumber, percent, shortNumber } from '../../lib/format'
import type { VisitorRetention } from './api'
import {
  averagesOf,
  cellOf,
  cellText,
  cohortName,
  intervalText,
  keyOf,
  largestShare,
  levelOf,
  offsetName,
  offsetsOf,
  visitorsOf,
} from './figures'
import { type RetentionSearch, unitIn } from './model'
import classes from './Retention.module.css'

type Props = { search: RetentionSearch; answer: VisitorRetention; onOpen: (key: string | undefined) => void }

/** A month of days stands on the page whole; more is scrolled. */
const MOST_AT_ONCE = 31

const STEPS: Record<string, readonly [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

export function Grid({ search, answer, onOpen }: Props) {
  const unit = unitIn(answer)
  const table = useRef<HTMLTableElement>(null)
  const offsets = offsetsOf(answer)
  const largest = largestShare(answer)
  const averages = new Map(averagesOf(answer).map((average) => [average.offset, average]))
  // One cell is reached by Tab, the others from it.
  const [reached, setReached] = useState<string | undefined>(search.open)
  const entry = answer.cohorts.find((cohort) => offsets.some((offset) => cellOf(cohort, offset)))
  const exists = (key: string | undefined) =>
    answer.cohorts.some((cohort) =>
      offsets.some((offset) => cellOf(cohort, offset) && key === `${keyOf(cohort)}.${offset}`),
    )
  const tabbed = exists(reached)
    ? reached
    : entry && `${keyOf(entry)}.${offsets.find((offset) => cellOf(entry, offset))}`

  function onClick({ target }: MouseEvent) {
    const key = target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined
    if (key === undefined) return
    setReached(key)
    onOpen(key === search.open ? undefined : key)
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key]
    const from = event.target instanceof HTMLElement ? event.target.closest('td') : null
    const row = from?.closest('tr')
    if (!step || !from || !row || !table.current) return
    event.preventDefault()
    const rows = [...table.current.tBodies].flatMap((body) => [...body.rows])
    const to =
      rows[rows.indexOf(row) + step[0]]?.cells[from.cellIndex + step[1]]?.querySelector<HTMLElement>('[data-key]')
    if (!to) return
    setReached(to.dataset.key)
    to.focus()
  }

  return (
    <div
      className={classes.scroll}
      data-long={answer.cohorts.length > MOST_AT_ONCE || undefined}
      role="region"
      aria-label="Grid of cohorts"
    >
      <table
        ref={table}
        className={classes.grid}
        aria-label="Retention by cohort"
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col">First {answer.first === 'conversion' ? 'order or booking' : 'visit'}</th>
            <th scope="col" data-align="right">
              Visitors
            </th>
            {offsets.map((offset) => (
              <th key={offset} scope="col" data-align="right">
                {offsetName(offset, unit)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={classes.averages}>
          <tr>
            <th scope="row">All cohorts</th>
            <td data-align="right">
              <span title={exactNumber(visitorsOf(answer))}>{shortNumber(visitorsOf(answer))}</span>
            </td>
            {offsets.map((offset) => {
              const average = averages.get(offset)
              return (
                <td key={offset} data-align="right">
                  {average ? (
                    <span
                      title={`${intervalText(average)} with 95% confidence, of ${exactNumber(average.visitors)} visitors`}
                    >
                      {percent(average.share)}
                    </span>
                  ) : (
                    <span className={classes.nothing}>–</span>
                  )}
                </td>
              )
            })}
          </tr>
        </tbody>
        <tbody>
          {answer.cohorts.map((cohort) => {
            const key = keyOf(cohort)
            return (
              <tr key={key}>
                <th scope="row">{cohortName(cohort, unit)}</th>
                <td data-align="right">
                  <span title={exactNumber(cohort.visitors)}>{shortNumber(cohort.visitors)}</span>
                </td>
                {offsets.map((offset) => {
                  const cell = cellOf(cohort, offset)
                  if (!cell) return <td key={offset} />
                  const cellKey = `${key}.${offset}`
                  const text = cellText(cell, cohort.visitors, offset, answer)
                  return (
                    <td key={offset}>
                      <button
                        type="button"
                        className={classes.cell}
                        data-key={cellKey}
                        data-level={levelOf(cell.share, largest)}
                        data-partial={cell.isPartial || undefined}
                        aria-pressed={cellKey === search.open}
                        aria-label={`${percent(cell.share)}, ${text}`}
                        title={text}
                        tabIndex={cellKey === tabbed ? 0 : -1}
                      >
                        {percent(cell.share)}
                      </button>
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
