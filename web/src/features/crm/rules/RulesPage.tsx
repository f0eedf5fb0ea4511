// CRM rules: what events make of contacts, and which tasks they open.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRole } from '../../../api/useRole'
import { Result } from '../../../ui/Result'
import { CardSkeleton } from '../../../ui/States'
import { rulesQuery } from './api'
import classes from './Rules.module.css'
import { RulesEditor } from './RulesEditor'

const route = getRouteApi('/p/$projectId/settings/crm-rules')

export function RulesPage() {
  const { projectId } = route.useParams()
  const { may } = useRole(projectId)
  const rules = useQuery(rulesQuery(projectId))
  const client = useQueryClient()
  const reload = () => client.fetchQuery({ ...rulesQuery(projectId), staleTime: 0 })
  return (
    <div className={classes.page}>
      <Result isFramed what="The CRM rules" question={rules} skeleton={<CardSkeleton height={420} />}>
        {(saved) => (
          <RulesEditor
            key={projectId}
            projectId={projectId}
            saved={saved}
            canChange={may('admin')}
            mayTry={may('analyst')}
            reload={reload}
          />
        )}
      </Result>
    </div>
  )
}
