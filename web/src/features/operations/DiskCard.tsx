// What takes disk, and how much is left.
import { IconDatabase } from '@tabler/icons-react'
import type { components } from '../../api/schema.gen'
import { BarList } from '../../charts/BarList'
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { Time } from '../../ui/Figures'
import { Empty } from '../../ui/States'
import { fileSize, storeSizes } from './model'
import classes from './Operations.module.css'

export function DiskCard({ disk }: { disk: components['schemas']['ServerDisk'] }) {
  const { stores } = disk
  if (!stores)
    return (
      <Card title="Disk">
        <Empty icon={IconDatabase} title="Not measured yet">
          Disk use is measured soon after the server starts, then every ten minutes.
        </Empty>
      </Card>
    )
  const sizes = storeSizes(stores)
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  return (
    <Card
      title="Disk"
      piece="operations.disk"
      help="Disk used by the data folder, by store. To measure it again, run the job “Sizes of the stores”."
      note={<Time at={stores.measured_at} prefix="measured " />}
    >
      <BarList
        bars={sizes.map(({ key, name, bytes }) => ({
          key,
          name,
          value: bytes,
          figure: fileSize(bytes),
          title: `${exactNumber(bytes)} bytes`,
        }))}
      />
      <p className={classes.total}>
        <span>{fileSize(total)} in all</span>
        {disk.free_bytes != null && <span>{fileSize(disk.free_bytes)} free</span>}
        {stores.catalog_bytes == null && <span>The catalog is in PostgreSQL</span>}
      </p>
    </Card>
  )
}
