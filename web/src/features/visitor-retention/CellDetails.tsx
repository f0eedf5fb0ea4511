// The cell that is chosen in words, and what it leads to: sessions of that time, and a comparison of its cohort.
import { Button, CloseButton, Group } from '@mantine/core'
import { useRole } from '../../api/useRole'
import { percent } from '../../lib/format'
import { wilson } from '../../lib/proportions'
import { LinkButton } from '../../ui/LinkButton'
import type { VisitorRetention } from './api'
import type { Show } from './Controls'
import { cellOf, cellText, cohortName, intervalText, keyOf } from './figures'
import { type RetentionSearch, sessionsOf, unitIn, withComparison, withGroup, withOpen } from './model'
import classes from './Retention.module.css'

type Props = { projectId: string; search: RetentionSearch; answer: VisitorRetention; onShow: Show }

export function CellDetails({ projectId, search, answer, onShow }: Props) {
  const { may } = useRole(projectId)
  const unit = unitIn(answer)
  const [key, offsetText] = (search.open ?? '').split('.')
  const index = answer.cohorts.findIndex((cohort) => keyOf(cohort) === key)
  const cohort = answer.cohorts[index]
  const offset = Number(offsetText)
  const cell = cohort && cellOf(cohort, offset)
  const then = answer.cohorts[index + offset]
  if (!cohort || !cell || !then) {
    return (
      <p className={classes.hint}>
        Choose a cell to see its visitors in numbers, and the sessions of that time. Striped cells are of a {unit} that
        is still going on.
      </p>
    )
  }
  const time = cohortName(then, unit)
  return (
    <div className={classes.details} aria-live="polite">
      <p>
        <b>{percent(cell.share)}</b> of the visitors who{' '}
        {answer.first === 'conversion' ? 'first ordered or booked' : 'first came'} {unit === 'day' ? 'on' : 'in'}{' '}
        {cohortName(cohort, unit)}: {cellText(cell, cohort.visitors, offset, answer)}, {unit === 'day' ? 'on' : 'in'}{' '}
        {time}.{' '}
        {!cell.isPartial && (
          <span className={classes.muted}>
            95% confidence: {intervalText(wilson({ count: cell.returned, total: cohort.visitors }))}
          </span>
        )}
      </p>
      <Group gap={4}>
        {may('analyst') && (
          <LinkButton
            to="/p/$projectId/sessions"
            params={{ projectId }}
            search={sessionsOf(search, then)}
            variant="default"
            size="compact-sm"
            title="Of all visitors, with the same filters: the list of sessions does not know cohorts"
          >
            All sessions of {time}
          </LinkButton>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => onShow((latest) => withGroup(withComparison(latest, 'cohort'), 'a', keyOf(cohort)))}
        >
          Compare this cohort
        </Button>
        <CloseButton
          size="sm"
          aria-label="Close the cell’s figures"
          onClick={() => onShow((latest) => withOpen(latest, undefined))}
        />
      </Group>
    </div>
  )
}
