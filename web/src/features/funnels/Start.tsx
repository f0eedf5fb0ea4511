// The page before there is a funnel: what it shows, and ready-made ones from the pages that are viewed most.
import { Button } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { suggestedPagesQuery } from '../../api/suggestedPages'
import { withoutFilters } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { BlockSkeleton } from '../../ui/States'
import { outcomeQuery } from './api'
import classes from './Funnels.module.css'
import { type FunnelSearch, type Suggestion, suggestionsOf } from './model'
import { emptyStep, type Outcome, type Step, stepLabel } from './steps'

const OUTCOMES: readonly Outcome[] = ['order', 'booking']

type Props = { projectId: string; search: FunnelSearch; onChoose: (steps: Step[]) => void }

export function Start({ projectId, search, onChoose }: Props) {
  const pages = useQuery(suggestedPagesQuery(projectId, search))
  const outcomes = useQueries({
    queries: OUTCOMES.map((kind) => outcomeQuery(projectId, withoutFilters(search), kind)),
  })
  const isLoading = outcomes.some(({ isPending }) => isPending)
  const known = OUTCOMES.filter((_, index) => outcomes[index]?.data === true)
  return (
    <Card title="Where do visitors get lost?">
      <div className={classes.start}>
        <p className={classes.muted}>
          A funnel counts how many visitors get from one step to the next: from your home page to an offer, and on to an
          order. It shows where the others stopped, how long each step took, and what went wrong on the way.
        </p>
        <Result
          what="The suggestions"
          question={isLoading ? { ...pages, data: undefined } : pages}
          skeleton={<BlockSkeleton height={92} />}
        >
          {(data) => (
            <Suggestions
              suggestions={suggestionsOf(
                data.pages.map(({ path }) => path),
                known,
              )}
              onChoose={onChoose}
            />
          )}
        </Result>
        <Button variant="default" onClick={() => onChoose([emptyStep('page'), emptyStep('page')])}>
          Build your own
        </Button>
      </div>
    </Card>
  )
}

function Suggestions({ suggestions, onChoose }: { suggestions: Suggestion[]; onChoose: (steps: Step[]) => void }) {
  if (suggestions.length === 0)
    return (
      <p className={classes.muted}>
        There are too few page views in this period to suggest a funnel. You can still build one.
      </p>
    )
  return (
    <ul className={classes.suggestions}>
      {suggestions.map(({ key, title, steps }) => (
        <li key={key} className={classes.suggestion}>
          <h3>{title}</h3>
          <ol className={classes.chain}>
            {steps.map((step, index) => (
              <li key={index}>
                {index > 0 && <IconChevronRight size={13} aria-hidden />}
                <span title={stepLabel(step)}>{stepLabel(step)}</span>
              </li>
            ))}
          </ol>
          <Button aria-label={`Show this funnel: ${title}`} onClick={() => onChoose(steps)}>
            Show this funnel
          </Button>
        </li>
      ))}
    </ul>
  )
}
