// What actions and facts are worth in the lead score: read by everybody, changed by admins.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRole } from '../../../api/useRole'
import { Result } from '../../../ui/Result'
import { CardSkeleton } from '../../../ui/States'
import { weightsQuery } from '../contacts/api'
import { versionedOf } from './api'
import { WeightsEditor } from './WeightsEditor'

export function WeightsTab({ projectId }: { projectId: string }) {
  const { may } = useRole(projectId)
  const weights = useQuery(weightsQuery(projectId))
  const client = useQueryClient()
  const reload = () => client.fetchQuery({ ...weightsQuery(projectId), staleTime: 0 }).then(versionedOf)
  return (
    <Result isFramed what="The weights" question={weights} skeleton={<CardSkeleton height={420} />}>
      {(document) => (
        <WeightsEditor
          key={projectId}
          projectId={projectId}
          saved={versionedOf(document)}
          canChange={may('admin')}
          mayTry={may('analyst')}
          reload={reload}
        />
      )}
    </Result>
  )
}
