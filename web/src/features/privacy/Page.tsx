// Privacy: what is known of a person, handing it to them, forgetting them, and the receipts.
import { getRouteApi } from '@tanstack/react-router'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { NeedsRole } from '../../ui/NeedsRole'
import { Erasures } from './Erasures'
import { LookUp } from './LookUp'
import classes from './Privacy.module.css'

const route = getRouteApi('/p/$projectId/privacy')

export function PrivacyPage() {
  const { projectId } = route.useParams()
  const { may, role } = useRole(projectId)
  if (role && !may('admin'))
    return (
      <Card title="Privacy">
        <NeedsRole what="Personal data and erasures" needed="admin" role={role} />
      </Card>
    )
  return (
    <div className={classes.page}>
      {/* Another project's person must not stay on screen. */}
      <LookUp key={projectId} projectId={projectId} />
      <Erasures projectId={projectId} />
    </div>
  )
}
