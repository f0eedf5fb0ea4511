// Shown to viewers in place of lists of persons: the reason, and who can change it.
import { IconLock } from '@tabler/icons-react'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'

export function NoAccess({ title, what }: { title: string; what: string }) {
  return (
    <Card title={title}>
      <Empty icon={IconLock} title={`${what} are shown to analysts`}>
        They hold names, addresses and phone numbers. You are a viewer of this project; an owner or admin can make you an analyst.
      </Empty>
    </Card>
  )
}
