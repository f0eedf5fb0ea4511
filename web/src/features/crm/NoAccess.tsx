// Shown to viewers in place of lists of persons: the reason, and who can change it.
import { IconLock } from '@tabler/icons-react'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'

export function NoAccess({ title, what }: { title: string; what: string }) {
  return (
    <Card title={title}>
      <Empty icon={IconLock} title={`You need the analyst role to see ${what.toLowerCase()}`}>
        They contain names, e-mail addresses and phone numbers. Your role is viewer; ask an owner or admin to change it.
      </Empty>
    </Card>
  )
}
