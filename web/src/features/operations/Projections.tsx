// How far each projection is behind the journal.
import type { components } from '../../api/schema.gen'
import { duration } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Num } from '../../ui/Figures'
import { lagTone, projectionName } from './model'
import classes from './Operations.module.css'
import { Toned } from './ServerStrip'

type Lag = components['schemas']['ProjectionLag']

const COLUMNS: Column<Lag>[] = [
  { key: 'name', header: 'Projection', cell: ({ name }) => <Name {...projectionName(name)} /> },
  { key: 'entries', header: 'Entries behind', align: 'right', cell: ({ lag_entries }) => <Num value={lag_entries} /> },
  {
    key: 'lag',
    header: 'Lag',
    align: 'right',
    cell: ({ lag_seconds }) => (
      <Toned tone={lagTone(lag_seconds)}>
        {lag_seconds == null ? 'unknown' : lag_seconds === 0 ? 'none' : duration(lag_seconds * 1_000)}
      </Toned>
    ),
  },
]

export function Projections({ projections }: { projections: Lag[] }) {
  return (
    <Card
      title="Projections"
      piece="operations.projections"
      help="Tables the server builds from the journal. Lag is how long the oldest entry has waited to be applied."
      flush
    >
      <DataTable label="Projections" columns={COLUMNS} rows={projections} rowKey={({ name }) => name} isCompact />
    </Card>
  )
}

function Name({ label, help }: { label: string; help: string }) {
  return (
    <span className={classes.name}>
      {label}
      {help && <small>{help}</small>}
    </span>
  )
}
