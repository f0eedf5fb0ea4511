// Stands where a member's role does not reach: what is here, who may see it, and whom to ask.
import { IconLock } from '@tabler/icons-react'
import { ROLE_LABELS, type RoleName } from '../lib/roles'
import { Empty } from './States'

export function NeedsRole({ what, needed, role }: { what: string; needed: RoleName; role: RoleName | undefined }) {
  // An abbreviation stays one.
  const named = /^\p{Lu}{2}/u.test(what) ? what : what.toLowerCase()
  return (
    <Empty
      icon={IconLock}
      title={
        needed === 'analyst' ? `You need the analyst role to see ${named}` : `Only owners and admins can see ${named}`
      }
    >
      {role && `Your role is ${ROLE_LABELS[role].toLowerCase()}. `}Ask an owner or admin to change it.
    </Empty>
  )
}
