// Why a contact has the score it has: points by group, and the events that count most.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../../api/problem'
import type { LeadScoreExplained } from '../../../api/types'
import { plural } from '../../../lib/format'
import { EventName } from '../../../ui/EventName'
import { Result } from '../../../ui/Result'
import { PanelSection } from '../../../ui/SidePanel'
import { RowsSkeleton } from '../../../ui/States'
import { weightsQuery } from './api'
import classes from './Panel.module.css'
import { ageText, filled, type Part, partsOf } from './score'

const SHOWN = 3

type Score = { data: LeadScoreExplained | undefined; error: Error | null; refetch: () => unknown }

/** `before` is the score of when the contact was last active. */
export function ScoreSection({ projectId, score, before }: { projectId: string; score: Score; before: number | null }) {
  const weights = useQuery(weightsQuery(projectId))
  const isUnknown = score.error !== null && asProblem(score.error).status === 404
  return (
    <PanelSection title={score.data ? `Lead score: ${score.data.score} of 100` : 'Lead score'}>
      {isUnknown ? (
        <p className={classes.muted}>No scored activity yet</p>
      ) : (
        <Result what="The lead score" question={score} skeleton={<RowsSkeleton rows={5} />}>
          {(data) => (
            <>
              {before !== null && before > data.score && (
                <p className={classes.muted}>
                  It was {before} when they were last active. The score falls over time without activity.
                </p>
              )}
              <ul className={classes.parts}>
                {partsOf(data, weights.data?.weights).map((part) => (
                  <PartRow key={part.key} part={part} />
                ))}
              </ul>
              <Contributions score={data} />
            </>
          )}
        </Result>
      )}
    </PanelSection>
  )
}

function PartRow({ part }: { part: Part }) {
  const { label, help, points, cap, events, isCapped } = part
  return (
    <li title={[help, isCapped ? 'The maximum for this group is reached.' : ''].filter(Boolean).join(' ')}>
      <span>{label}</span>
      <span className={classes.partTrack} aria-hidden>
        <i style={{ width: `${filled(part) * 100}%` }} />
      </span>
      <b>
        {points.toFixed(1)}
        {cap !== null && <span className={classes.muted}> of {cap}</span>}
      </b>
      <span className={classes.muted}>{events === null ? 'Profile' : plural(events, 'event')}</span>
    </li>
  )
}

function Contributions({ score }: { score: LeadScoreExplained }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? score.contributions : score.contributions.slice(0, SHOWN)
  const left = score.contributions.length - shown.length
  if (shown.length === 0) return null
  return (
    <>
      <h4 className={classes.subheading}>Top contributions</h4>
      <ul className={classes.contributions}>
        {shown.map(({ event_id, group, name, age_days, points }) => (
          <li key={`${event_id} ${group}`}>
            {group === 'recency' ? <span>Recent activity</span> : <EventName name={name} />}
            <span className={classes.muted}>{ageText(age_days)}</span>
            <b>+{points.toFixed(1)}</b>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button variant="subtle" size="compact-xs" onClick={() => setWhole(true)}>
          Show {left} more
        </Button>
      )}
    </>
  )
}
