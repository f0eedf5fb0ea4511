// Stands where a member's role does not reach: what is here, who may see it, and whom to ask.
import { IconLock } from '@tabler/icons-react'
import { ROLE_LABELS, type RoleName } from '../lib/roles'
import { Empty } from './States'

export function NeedsRole({ what, needed, role }: { what: string; needed: RoleName; role: RoleName | undefined }) {
  return (
    <Empty icon={IconLock} title={`${what} ${needed === 'analyst' ? 'need the role analyst' : 'are for owners and admins'}`}>
      {role && `You are ${/^[aeiou]/i.test(role) ? 'an' : 'a'} ${ROLE_LABELS[role].toLowerCase()} of this project. `}An owner or admin can change your role under Team.
    </Empty>
  )
}
