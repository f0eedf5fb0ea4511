// Recorded sessions that met an entry: each opens beside its recording.

import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { FrictionItem } from '../../api/types'
import { useRole } from '../../api/useRole'
import type { AnalysisSearch } from '../../lib/analysis'
import { countryName } from '../../lib/countries'
import { duration } from '../../lib/format'
import { Time } from '../../ui/Figures'
import { SessionLink } from '../../ui/SessionLink'
import { PanelSection } from '../../ui/SidePanel'
import { recordedQuery } from './api'
import classes from './Friction.module.css'
import { isNarrow, itemFilter } from './model'

type Props = { projectId: string; search: AnalysisSearch; item: FrictionItem }

/** Nothing for what nobody was recorded with. */
export function ItemRecordings({ projectId, search, item }: Props) {
  const { may } = useRole(projectId)
  const recorded = useQuery({
    ...recordedQuery(projectId, { ...search, ...itemFilter(item) }),
    enabled: isNarrow(item) && may('analyst'),
  })
  const sessions = recorded.data?.sessions ?? []
  if (sessions.length === 0) return null
  return (
    <PanelSection title="Watch it happen">
      <ol className={classes.recordings}>
        {sessions.map((session) => (
          <li key={session.session_id}>
            <SessionLink sessionId={session.session_id}>
              <span className={classes.watch}>
                <IconPlayerPlayFilled size={12} aria-hidden />
                <span>Recording of {duration(session.duration_seconds * 1_000)}</span>
              </span>
            </SessionLink>
            <span className={classes.muted}>
              {[session.browser, session.country && countryName(session.country)].filter(Boolean).join(' · ')}
            </span>
            <span className={classes.muted}>
              <Time at={session.started_at} />
            </span>
          </li>
        ))}
      </ol>
    </PanelSection>
  )
}
