// A list of lines or requests: a click leads to a second before it, up and down go from row to row, and each row opens.
import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type KeyboardEvent, memo, type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import classes from './Entries.module.css'
import type { Entry } from './entries'
import { LEAD_MS, type Placed, rowAt } from './entryView'
import { clock } from './model'
import { useFollow } from './useFollow'

type Props<E extends Entry> = {
  label: string
  rows: readonly Placed<E>[]
  ms: number
  onSeek: (ms: number) => void
  /** What a row shows beside its time; the same function each time. */
  summary: (entry: E) => ReactNode
  details: (entry: E, ms: number) => ReactNode
}

export function EntryList<E extends Entry>({ label, rows, ms, onSeek, summary, details }: Props<E>) {
  const list = useRef<HTMLOListElement>(null)
  const [chosen, setChosen] = useState<Placed<Entry>>()
  const [stop, setStop] = useState<string>()
  const currentId = rowAt(rows, ms, chosen)
  const follow = useFollow(list, currentId)
  // One row is reached by tab, the others from it.
  const stopId = [stop, currentId].find((id) => rows.some(({ entry }) => entry.id === id)) ?? rows[0]?.entry.id

  const choose = useCallback(
    (row: Placed<Entry>) => {
      setChosen(row)
      onSeek(Math.max(0, row.ms - LEAD_MS))
    },
    [onSeek],
  )

  function onKeyDown(event: KeyboardEvent) {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const at = all.findIndex((row) => row.closest('li')?.contains(event.target as Node))
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (at < 0 || next === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    all[next]?.focus()
  }

  // The position changes many times a second, the rows seldom.
  const drawn = useMemo(
    () =>
      rows.map((row) => (
        <Row
          key={row.entry.id}
          entry={row.entry}
          ms={row.ms}
          isCurrent={row.entry.id === currentId}
          isStop={row.entry.id === stopId}
          summary={summary as Drawn['summary']}
          details={details as Drawn['details']}
          onChoose={choose}
          onFocus={setStop}
        />
      )),
    [rows, currentId, stopId, summary, details, choose],
  )
  return (
    <ol ref={list} className={classes.list} aria-label={label} onKeyDown={onKeyDown} {...follow}>
      {drawn}
    </ol>
  )
}

type Drawn = {
  entry: Entry
  ms: number
  isCurrent: boolean
  isStop: boolean
  summary: (entry: Entry) => ReactNode
  details: (entry: Entry, ms: number) => ReactNode
  onChoose: (row: Placed<Entry>) => void
  onFocus: (id: string) => void
}

/** Drawn again only when something of it changes. */
const Row = memo(function Row({ entry, ms, isCurrent, isStop, summary, details, onChoose, onFocus }: Drawn) {
  const [isOpen, setOpen] = useState(false)
  const tabIndex = isStop ? 0 : -1
  const body = `entry-${entry.id}`
  return (
    <li className={classes.item} data-current={isCurrent || undefined} onFocus={() => onFocus(entry.id)}>
      <button
        type="button"
        className={classes.row}
        data-row
        tabIndex={tabIndex}
        aria-current={isCurrent || undefined}
        onClick={() => onChoose({ entry, ms })}
      >
        <span className={classes.at}>{clock(ms)}</span>
        {summary(entry)}
      </button>
      <UnstyledButton
        className={classes.more}
        tabIndex={tabIndex}
        aria-label={`${isOpen ? 'Hide' : 'Show'} details at ${clock(ms)}`}
        aria-expanded={isOpen}
        aria-controls={isOpen ? body : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronDown size={14} stroke={1.75} aria-hidden />
      </UnstyledButton>
      {isOpen && (
        <div id={body} className={classes.details}>
          {details(entry, ms)}
        </div>
      )}
    </li>
  )
})
