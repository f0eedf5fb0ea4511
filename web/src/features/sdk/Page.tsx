// The SDK: how many of its events arrive, what it does on the project's pages, and what that sends.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRole } from '../../api/useRole'
import { Result } from '../../ui/Result'
import { CardSkeleton } from '../../ui/States'
import { settingsQuery } from './api'
import { Delivery } from './Delivery'
import { Editor } from './Editor'
import { readSettings } from './settings'
import classes from './Sdk.module.css'

const route = getRouteApi('/p/$projectId/sdk')

export function SdkPage() {
  const { projectId } = route.useParams()
  const { may } = useRole(projectId)
  const settings = useQuery(settingsQuery(projectId))
  return (
    <div className={classes.page}>
      <Delivery projectId={projectId} />
      <Result isFramed what="The tracker settings" question={settings} skeleton={<CardSkeleton height={480} />}>
        {(data) => <Editor key={`${projectId} ${data.version}`} projectId={projectId} version={data.version} saved={readSettings(data.settings)} canChange={may('admin')} onReload={() => void settings.refetch()} />}
      </Result>
    </div>
  )
}
