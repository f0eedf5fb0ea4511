// Under the figures: the pages visited most, how fast they are, and what happens right now.
import { useNavigate } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { withFilter } from '../../lib/analysis'
import { LiveStream } from './LiveStream'
import classes from './Overview.module.css'
import { TopPages } from './TopPages'
import { VitalsSummary } from './VitalsSummary'

export function Details(props: ComponentProps<typeof LiveStream>) {
  const { projectId, search } = props
  const navigate = useNavigate({ from: '/p/$projectId/overview' })
  const choose = (path: string) =>
    void navigate({
      search: (previous) => ({ ...previous, ...withFilter(previous, 'path', path) }),
      resetScroll: false,
    })
  return (
    <>
      <div className={classes.wide}>
        <TopPages projectId={projectId} search={search} onChoose={choose} />
        <VitalsSummary projectId={projectId} search={search} />
      </div>
      <LiveStream {...props} />
    </>
  )
}
