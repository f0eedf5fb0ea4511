// A card with a chart, the same figures as a table, and their CSV.
import { type ReactNode, useState } from 'react'
import { exactNumber } from '../lib/format'
import { Card } from './Card'
import classes from './ChartCard.module.css'
import { type Column, DataTable } from './DataTable'
import { type ChartTable, CsvButton, ViewToggle } from './TableActions'

type Props = {
  title: string
  help?: string
  note?: ReactNode
  sheet: ChartTable | undefined
  children: ReactNode
}

export function ChartCard({ title, help, note, sheet, children }: Props) {
  const [isTable, setTable] = useState(false)
  const actions = (
    <>
      <ViewToggle isTable={isTable} onChange={setTable} />
      <CsvButton sheet={sheet} />
    </>
  )
  return (
    <Card title={title} actions={actions} flush={isTable} {...(help ? { help } : {})} {...(note ? { note } : {})}>
      {isTable && sheet ? <SheetTable sheet={sheet} label={title} /> : children}
    </Card>
  )
}

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
