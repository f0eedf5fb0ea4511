// One person over all contracts: who they are, what they did and bought, where they got stuck, and what is to be done.

import { IconArrowLeft, IconUserOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useFreshness } from '../../../api/useFreshness'
import { useRole } from '../../../api/useRole'
import { Card } from '../../../ui/Card'
import { Freshness } from '../../../ui/filters/Freshness'
import { NeedsRole } from '../../../ui/NeedsRole'
import { Result } from '../../../ui/Result'
import { CardSkeleton, Empty } from '../../../ui/States'
import { personQuery } from './api'
import classes from './Person.module.css'
import { PersonBody } from './PersonBody'

const route = getRouteApi('/p/$projectId/people/$personId')

export function PersonPage() {
  const { projectId, personId } = route.useParams()
  const { role, may } = useRole(projectId)
  const freshness = useFreshness(projectId)
  const mayRead = may('analyst')
  const person = useQuery({ ...personQuery(projectId, personId), enabled: mayRead })
  if (role !== undefined && !mayRead) {
    return (
      <Card title="Person">
        <NeedsRole what="People" needed="analyst" role={role} />
      </Card>
    )
  }
  return (
    <div className={classes.page}>
      <div className={classes.bar}>
        <Link className={classes.back} to="/p/$projectId/contacts" params={{ projectId }}>
          <IconArrowLeft size={14} aria-hidden /> All contacts
        </Link>
        <Freshness {...freshness} />
      </div>
      <Result isFramed what="The person" question={person} skeleton={<PersonSkeleton />}>
        {(data) =>
          data ? (
            <PersonBody key={personId} projectId={projectId} person={data} />
          ) : (
            <Card title="Person">
              <Empty icon={IconUserOff} title="Person not found">
                The person may have been erased, or belong to another project.
              </Empty>
            </Card>
          )
        }
      </Result>
    </div>
  )
}

function PersonSkeleton() {
  return (
    <>
      <CardSkeleton height={88} />
      <CardSkeleton height={420} />
    </>
  )
}
