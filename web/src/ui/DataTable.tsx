// The table: sticky header, sort by the server, rows opened by click or keyboard, cards with named figures on small screens.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import classes from './DataTable.module.css'
import { Help } from './Help'

export type Column<Row> = {
  key: string
  header: string
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
  /** Whether a row opens; all do by default. Those that do not come last. */
  opens?: (row: Row) => boolean
  openKey?: string | undefined
  isStale?: boolean
  /** Few and short columns: it stays a table on small screens. */
  isCompact?: boolean
  /** Wider than its place, and without rows to open: the keyboard scrolls it. */
  isScrolled?: boolean
  /** Rows under a heading of their own; rows of one group follow each other. */
  groupOf?: (row: Row) => { key: string; heading: ReactNode }
}

export function DataTable<Row>({
  label,
  columns: all,
  rows,
  rowKey,
  sort,
  onOpen,
  opens,
  openKey,
  isStale = false,
  isCompact = false,
  isScrolled = false,
  groupOf,
}: Props<Row>) {
  const columns = all.filter(({ isKnown }) => isKnown === undefined || rows.some(isKnown))
  const body = useRef<HTMLTableSectionElement>(null)

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, index: number) {
    if (event.target !== event.currentTarget) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      const next = rows[index + step]
      event.preventDefault()
      body.current?.querySelectorAll<HTMLElement>('tr[data-opens]')[index + step]?.focus()
      if (next && openKey !== undefined) onOpen?.(next)
    }
    const row = rows[index]
    if (event.key === 'Enter' && row) onOpen?.(row)
  }

  return (
    <div
      className={classes.scroll}
      data-stale={isStale || undefined}
      {...(isScrolled ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    >
      <table className={classes.table} aria-label={label} data-cards={!isCompact || undefined}>
        <thead data-sorts={sort !== undefined || undefined}>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => {
            const key = rowKey(row)
            const isOpen = key === openKey
            const onOpenRow = opens === undefined || opens(row) ? onOpen : undefined
            const opening = onOpenRow && {
              tabIndex: 0,
              onClick: () => onOpenRow(row),
              onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onKeyDown(event, index),
              'data-opens': true,
              'aria-current': isOpen,
            }
            const previous = rows[index - 1]
            const group = groupOf?.(row)
            return [
              group && group.key !== (previous && groupOf?.(previous).key) && (
                <tr key={`group ${group.key}`} className={classes.group}>
                  <th scope="rowgroup" colSpan={columns.length}>
                    {group.heading}
                  </th>
                </tr>
              ),
              <tr key={key} {...opening}>
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
              </tr>,
            ]
          })}
        </tbody>
      </table>
    </div>
  )
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
