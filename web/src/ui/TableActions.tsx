// The actions behind every chart and table: the figures as a table, and as CSV.
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChartLine, IconDownload, IconTable } from '@tabler/icons-react'
import { type Cell, downloadText, toCsv } from '../lib/csv'

export type ChartTable = { name: string; header: string[]; rows: Cell[][] }

export function CsvButton({ sheet }: { sheet: ChartTable | undefined }) {
  return (
    <Tooltip label="Download as CSV">
      <ActionIcon
        aria-label="Download as CSV"
        disabled={!sheet || sheet.rows.length === 0}
        onClick={() => sheet && downloadText(`${sheet.name}.csv`, toCsv(sheet.header, sheet.rows))}
      >
        <IconDownload size={15} />
      </ActionIcon>
    </Tooltip>
  )
}

export function ViewToggle({ isTable, onChange }: { isTable: boolean; onChange: (isTable: boolean) => void }) {
  const label = isTable ? 'Show as chart' : 'Show as table'
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={isTable} onClick={() => onChange(!isTable)}>
        {isTable ? <IconChartLine size={15} /> : <IconTable size={15} />}
      </ActionIcon>
    </Tooltip>
  )
}
