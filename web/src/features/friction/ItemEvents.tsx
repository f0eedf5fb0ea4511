// The latest events of one element or error.
import { useQuery } from '@tanstack/react-query'
import type { FrictionItem } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { kindLabel } from '../../lib/words'
import { Time } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { PanelSection } from '../../ui/SidePanel'
import { RowsSkeleton } from '../../ui/States'
import { eventsQuery } from './api'
import { belongsTo } from './model'
import classes from './Friction.module.css'

const SHOWN = 8

export function ItemEvents({ projectId, search, item }: { projectId: string; search: AnalysisSearch; item: FrictionItem }) {
  const events = useQuery(eventsQuery(projectId, search))
  return (
    <PanelSection title="Latest events">
      <Result what="The latest events" question={events} skeleton={<RowsSkeleton rows={4} />}>
        {(data) => {
          const rows = data.events.filter((event) => belongsTo(item, event)).slice(0, SHOWN)
          if (rows.length === 0) return <p className={classes.muted}>None among the latest 50 events of this kind.</p>
          return (
            <ol className={classes.events}>
              {rows.map((event) => (
                <li key={event.id}>
                  <span>{kindLabel(event.name)}</span>
                  <span className={classes.muted}>{[event.browser, event.os, event.country].filter(Boolean).join(' · ')}</span>
                  <span className={classes.muted}>
                    <Time at={event.occurred_at} />
                  </span>
                </li>
              ))}
            </ol>
          )
        }}
      </Result>
    </PanelSection>
  )
}
