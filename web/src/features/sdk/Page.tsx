// The SDK: how many of its events arrive, what it does on the project's pages, and what that sends.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRole } from '../../api/useRole'
import { Result } from '../../ui/Result'
import { CardSkeleton } from '../../ui/States'
import { settingsQuery } from './api'
import { Delivery } from './Delivery'
import { Editor } from './Editor'
import classes from './Sdk.module.css'

const route = getRouteApi('/p/$projectId/sdk')

export function SdkPage() {
  const { projectId } = route.useParams()
  const { may } = useRole(projectId)
  const settings = useQuery(settingsQuery(projectId))
  const client = useQueryClient()
  const reload = () => client.fetchQuery({ ...settingsQuery(projectId), staleTime: 0 })
  return (
    <div className={classes.page}>
      <Delivery projectId={projectId} />
      <Result isFramed what="The tracker settings" question={settings} skeleton={<CardSkeleton height={480} />}>
        {(saved) => (
          <Editor key={projectId} projectId={projectId} saved={saved} canChange={may('admin')} reload={reload} />
        )}
      </Result>
    </div>
  )
}
