// The figures of a chart as a table, in a place of its own height.
import { exactNumber } from '../lib/format'
import { type Column, DataTable } from './DataTable'
import classes from './SheetTable.module.css'
import type { ChartTable } from './TableActions'

export function SheetTable({ sheet, label }: { sheet: ChartTable; label: string }) {
  const columns = sheet.header.map(
    (header, index): Column<{ index: number; cells: ChartTable['rows'][number] }> => ({
      key: header,
      header,
      ...(index === 0 ? {} : { align: 'right' as const }),
      cell: ({ cells }) => {
        const value = cells[index]
        return typeof value === 'number' ? exactNumber(value) : (value ?? '–')
      },
    }),
  )
  const rows = sheet.rows.map((cells, index) => ({ index, cells }))
  return (
    <div className={classes.sheet} tabIndex={0} role="region" aria-label={`${label} as a table`}>
      <DataTable label={label} columns={columns} rows={rows} rowKey={(row) => String(row.index)} isCompact />
    </div>
  )
}
