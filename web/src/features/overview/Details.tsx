// Under the figures: the pages visited most, how fast they are, and what happens right now.
import type { ComponentProps } from 'react'
import { LiveStream } from './LiveStream'
import classes from './Overview.module.css'
import { TopPages } from './TopPages'
import { VitalsSummary } from './VitalsSummary'

export function Details(props: ComponentProps<typeof LiveStream>) {
  const { projectId, search } = props
  return (
    <>
      <div className={classes.wide}>
        <TopPages projectId={projectId} search={search} />
        <VitalsSummary projectId={projectId} search={search} />
      </div>
      <LiveStream {...props} />
    </>
  )
}
