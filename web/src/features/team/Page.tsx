// The team: who belongs to the project and as what, keys for programs, and what was done by whom.
import { getRouteApi } from '@tanstack/react-router'
import { PageTabs } from '../../ui/PageTabs'
import { AuditLog } from './AuditLog'
import { Invitations } from './Invitations'
import { Members } from './Members'
import { TABS, type Tab } from './model'
import { SecretKeys } from './SecretKeys'
import classes from './Team.module.css'

const route = getRouteApi('/p/$projectId/team')

const TAB_LABELS: Record<Tab, string> = { members: 'Members', keys: 'Secret keys', audit: 'Audit log' }

export function TeamPage() {
  const { projectId } = route.useParams()
  const { tab = 'members' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <div className={classes.page}>
      <PageTabs
        label="Show"
        value={tab}
        tabs={TABS.map((value) => ({ value, label: TAB_LABELS[value] }))}
        onChange={(next) => void navigate({ search: next === 'members' ? {} : { tab: next } })}
      />
      {tab === 'members' && (
        <>
          <Members projectId={projectId} />
          <Invitations projectId={projectId} />
        </>
      )}
      {tab === 'keys' && <SecretKeys projectId={projectId} />}
      {tab === 'audit' && <AuditLog projectId={projectId} />}
    </div>
  )
}
