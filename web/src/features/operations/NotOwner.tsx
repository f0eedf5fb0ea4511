// In the place of what only the owner of the server reads.
import { IconLock } from '@tabler/icons-react'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'

export function NotOwner({ title }: { title: string }) {
  return (
    <Card title={title}>
      <Empty icon={IconLock} title="Only the owner of this server sees these figures">
        It is about the whole server, not one project. The owner is the member who set the server up.
      </Empty>
    </Card>
  )
}
