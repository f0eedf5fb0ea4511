// An error whose occurrences are no longer kept.
import { IconBug } from '@tabler/icons-react'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'

export function MissingError() {
  return (
    <Card title="Error">
      <Empty icon={IconBug} title="Error not found">
        No occurrences of this error are kept. They may be older than the retention period or erased, or the error may
        belong to another project.
      </Empty>
    </Card>
  )
}
