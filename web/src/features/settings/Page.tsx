// Project settings: what holds for everything the project takes in.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRole } from '../../api/useRole'
import { Result } from '../../ui/Result'
import { CardSkeleton } from '../../ui/States'
import { projectSettingsQuery } from './api'
import { Editor } from './Editor'
import classes from './Settings.module.css'

const route = getRouteApi('/p/$projectId/settings')

export function SettingsPage() {
  const { projectId } = route.useParams()
  const { may } = useRole(projectId)
  const settings = useQuery(projectSettingsQuery(projectId))
  const client = useQueryClient()
  const reload = () => client.fetchQuery({ ...projectSettingsQuery(projectId), staleTime: 0 })
  return (
    <div className={classes.page}>
      <Result isFramed what="The project settings" question={settings} skeleton={<CardSkeleton height={180} />}>
        {(saved) => (
          <Editor key={projectId} projectId={projectId} saved={saved} canChange={may('admin')} reload={reload} />
        )}
      </Result>
    </div>
  )
}
