// The table: sticky header, sort by the server, rows opened by click or keyboard, cards with named figures on small screens.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import classes from './DataTable.module.css'
import { Help } from './Help'
import { lazily } from './lazily'
import { type Group, linesOf, nextRow } from './table/lines'
import { firstLines, LONG, type Window } from './table/window'
import { columnsFor, TILE_ROWS, useTile } from './tile'

const Windowing = lazily(() => import('./table/Windowing').then((part) => part.Windowing))

export type Column<Row> = {
  key: string
  header: string
  /** What the menu of columns calls it, where it has no header. */
  name?: string
  /** Says what the column's figures are, in one sentence behind a "?"; not of one that sorts. */
  help?: string
  cell: (row: Row) => ReactNode
  align?: 'right'
  /** Share of the width, as CSS. */
  width?: string
  /** The sort this column asks the server for. */
  sort?: string
  /** Where it stands in the card of a small screen: its heading, its one figure, a line of its own, nowhere, or among the facts, as all that say nothing. */
  small?: 'title' | 'figure' | 'line' | 'fact' | 'none'
  /** Hidden on medium screens, and on small ones unless `small` is set. */
  isExtra?: boolean
  /** The column is left out when this is true of no row. */
  isKnown?: (row: Row) => boolean
}

type Sort = { by: string; isAscending?: boolean; onSort: (sort: string) => void }

type Props<Row> = {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  sort?: Sort
  onOpen?: (row: Row) => void
  /** Whether a row opens; all do by default. */
  opens?: (row: Row) => boolean
  openKey?: string | undefined
  isStale?: boolean
  /** Few and short columns: it stays a table on small screens. */
  isCompact?: boolean
  /** Wider than its place, and without rows to open: the keyboard scrolls it. */
  isScrolled?: boolean
  /** Rows under a heading of their own; rows of one group follow each other. */
  groupOf?: (row: Row) => Group
}

export function DataTable<Row>({
  label,
  columns: all,
  rows: listed,
  rowKey,
  sort: sorted,
  onOpen,
  opens,
  openKey,
  isStale = false,
  isCompact: isSmall = false,
  isScrolled = false,
  groupOf,
}: Props<Row>) {
  const tile = useTile()
  const room = tile?.room
  const rows = useMemo(() => (room === undefined ? listed : listed.slice(0, TILE_ROWS)), [room, listed])
  const sort = tile ? undefined : sorted
  const isCompact = isSmall || tile !== null
  const columns = useMemo(() => {
    const known = all.filter(({ isKnown }) => isKnown === undefined || rows.some(isKnown))
    return room === undefined ? known : columnsFor(room, known)
  }, [all, rows, room])
  const lines = useMemo(() => linesOf(rows, rowKey, groupOf), [rows, rowKey, groupOf])
  const isLong = lines.length > LONG
  const [latest, setWindow] = useState<Window>()
  const window = isLong ? (latest ?? firstLines(lines.length)) : undefined
  const keep = window?.keep
  const table = useRef<HTMLTableElement>(null)
  useMarkWide(table)

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLTableRowElement>, at: number) => {
      if (event.target !== event.currentTarget) return
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step !== undefined) {
        const to = nextRow(lines, at, step, opens)
        const next = lines[to]?.row
        event.preventDefault()
        if (next) keep?.(to)
        table.current?.querySelector<HTMLElement>(`tr[data-index="${to}"]`)?.focus()
        if (next && openKey !== undefined) onOpen?.(next)
      }
      const row = lines[at]?.row
      if (event.key === 'Enter' && row) onOpen?.(row)
    },
    [lines, keep, opens, openKey, onOpen],
  )

  /** Flat: the key of a line alone says which one it is, wherever it stands. */
  function draw(index: number, gap: number): ReactNode[] {
    const line = lines[index]
    if (!line) return []
    const { key, row, heading } = line
    const place = { index, measure: window?.measure, isCounted: isLong }
    return [
      gap > 0 && <Gap key={`gap ${key}`} height={gap} />,
      row === undefined ? (
        <tr key={key} {...attributesOf(place)} className={classes.group}>
          <th scope="rowgroup" colSpan={columns.length}>
            {heading}
          </th>
        </tr>
      ) : (
        <DataRow
          key={key}
          {...place}
          {...{ columns, row, onKeyDown }}
          onOpen={opens === undefined || opens(row) ? onOpen : undefined}
          isOpen={key === openKey}
        />
      ),
    ]
  }

  return (
    <div
      className={classes.scroll}
      data-stale={isStale || undefined}
      {...(isScrolled ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    >
      <table
        ref={table}
        className={classes.table}
        aria-label={label}
        aria-rowcount={isLong ? lines.length + 1 : undefined}
        data-cards={!isCompact || undefined}
        data-narrow={room === 1 || undefined}
      >
        <thead data-sorts={sort !== undefined || undefined}>
          <tr aria-rowindex={isLong ? 1 : undefined}>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {window
            ? window.parts.flatMap(({ index, gap }) => draw(index, gap))
            : lines.flatMap((_, index) => draw(index, 0))}
          {window && window.gap > 0 && <Gap height={window.gap} />}
        </tbody>
      </table>
      {isLong && <Windowing {...{ table, label, lines, columns }} onWindow={setWindow} />}
    </div>
  )
}

type Place = {
  index: number
  measure: Window['measure']
  /** Of a table that is not drawn whole. */
  isCounted: boolean
}

const attributesOf = ({ index, measure, isCounted }: Place) => ({
  'data-index': index,
  ...(isCounted ? { ref: measure, 'aria-rowindex': index + 2 } : {}),
})

type RowProps<Row> = Place & {
  columns: Column<Row>[]
  row: Row
  isOpen: boolean
  onOpen: ((row: Row) => void) | undefined
  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>, index: number) => void
}

/** Drawn again only when something of its own changes: scrolling draws the rows that come into sight. */
const DataRow = memo(function DataRow<Row>({ columns, row, isOpen, onOpen, onKeyDown, ...place }: RowProps<Row>) {
  const opening = onOpen && {
    tabIndex: 0,
    onClick: () => onOpen(row),
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onKeyDown(event, place.index),
    'data-opens': true,
    'aria-current': isOpen,
  }
  return (
    <tr {...attributesOf(place)} {...opening}>
      {columns.map((column) => (
        <td
          key={column.key}
          data-label={column.header}
          data-align={column.align}
          data-small={column.small}
          data-extra={column.isExtra}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}) as <Row>(props: RowProps<Row>) => ReactNode

/** The space of lines that are not drawn. */
const Gap = ({ height }: { height: number }) => <tr aria-hidden className={classes.gap} style={{ height }} />

/** Marks a table that is wider than its place: it scrolls, and its header no longer follows the page. */
function useMarkWide(table: RefObject<HTMLTableElement | null>) {
  useEffect(() => {
    const scroll = table.current?.parentElement
    if (!table.current || !scroll) return
    const mark = () => scroll.toggleAttribute('data-wide', scroll.scrollWidth > scroll.clientWidth)
    const observer = new ResizeObserver(mark)
    observer.observe(scroll)
    observer.observe(table.current)
    return () => observer.disconnect()
  }, [table])
}

function HeaderCell<Row>({ column, sort }: { column: Column<Row>; sort: Sort | undefined }) {
  const isSorted = sort !== undefined && column.sort === sort.by
  const Arrow = isSorted && sort.isAscending ? IconArrowUp : IconArrowDown
  return (
    <th
      scope="col"
      data-align={column.align}
      data-extra={column.isExtra}
      data-sorts={(sort && column.sort) || undefined}
      aria-sort={isSorted ? (sort.isAscending ? 'ascending' : 'descending') : undefined}
      style={column.width ? { width: column.width } : undefined}
    >
      {sort && column.sort ? (
        <button
          type="button"
          className={classes.sort}
          data-on={isSorted || undefined}
          onClick={() => sort.onSort(column.sort as string)}
        >
          {column.align !== 'right' && column.header}
          <Arrow size={12} aria-hidden />
          {column.align === 'right' && column.header}
        </button>
      ) : column.help ? (
        <span className={classes.helped}>
          {column.header}
          <Help text={column.help} about={column.header} />
        </span>
      ) : (
        column.header
      )}
    </th>
  )
}
