// The kinds of friction in a row; choosing one filters the page, choosing it again shows all.
import { Skeleton, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type AnalysisSearch, withFilter } from '../../lib/analysis'
import { plural } from '../../lib/format'
import { estimateNote, KIND_NAMES, kindHelp, kindLabel } from '../../lib/words'
import { ChangeBadge, Num } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { StripCard } from '../../ui/StripCard'
import { kindsQuery } from './api'
import classes from './Friction.module.css'

type Props = { projectId: string; search: AnalysisSearch; onChoose: (kind: string | undefined) => void }

export function KindStrip({ projectId, search, onChoose }: Props) {
  // The strip compares all kinds, so the kind is the one filter it does not follow.
  const kinds = useQuery(kindsQuery(projectId, withFilter(search, 'friction_kind', undefined)))
  const chosen = search.friction_kind
  return (
    <StripCard title="Kinds of friction" piece="friction.kinds">
      <div className={classes.strip} data-failed={(kinds.isError && !kinds.data) || undefined}>
        <Result what="Friction by kind" question={kinds} skeleton={<StripSkeleton />}>
          {(data) =>
            ordered(data.kinds).map(({ kind, count, previous_count, sessions, distinct_error }) => (
              <Tooltip
                key={kind}
                label={`${kindHelp(kind)} ${plural(sessions, 'session')}.${estimateNote(distinct_error)}`}
              >
                <button
                  type="button"
                  className={classes.kind}
                  aria-pressed={kind === chosen}
                  onClick={() => onChoose(kind === chosen ? undefined : kind)}
                >
                  <span className={classes.kindName}>{kindLabel(kind)}</span>
                  <span className={classes.kindCount}>
                    <Num value={count} />
                  </span>
                  <span className={classes.kindChange}>
                    <ChangeBadge current={count} previous={previous_count} good="down" />
                  </span>
                </button>
              </Tooltip>
            ))
          }
        </Result>
      </div>
    </StripCard>
  )
}

type Kind = { kind: string; count: number; previous_count: number; sessions: number; distinct_error: number }

/** All known kinds in the glossary's order, those without events as zero. */
function ordered(kinds: Kind[]): Kind[] {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]))
  const names = [...new Set([...KIND_NAMES, ...byName.keys()])]
  return names.map((kind) => byName.get(kind) ?? { kind, count: 0, previous_count: 0, sessions: 0, distinct_error: 0 })
}

function StripSkeleton() {
  return KIND_NAMES.map((kind) => (
    <div key={kind} className={classes.kind}>
      <Skeleton height={12} width={72} />
      <Skeleton height={18} width={44} mt={8} />
      <Skeleton height={10} width={36} mt={8} />
    </div>
  ))
}
