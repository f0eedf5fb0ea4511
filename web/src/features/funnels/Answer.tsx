// The answer: how many went all the way, the steps with their losses, and the figures by value.
import { Button } from '@mantine/core'
import { IconUserOff } from '@tabler/icons-react'
import { exactNumber, percent, plural, shortNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { CsvButton } from '../../ui/TableActions'
import { Breakdown } from './Breakdown'
import classes from './Funnels.module.css'
import { endsOf, type FunnelAnswer, stepsSheet, unitsText } from './figures'
import { DEFAULTS, type FunnelSearch, WINDOW_LABELS } from './model'
import { StepFigures } from './StepFigures'

type Props = {
  answer: FunnelAnswer
  search: FunnelSearch
  isStale: boolean
  onDropped: (step: number) => void
  onLonger: () => void
}

export function Answer(props: Props) {
  const { answer, search, isStale } = props
  return (
    <>
      <Conversion {...props} />
      {search.by && answer.groups && answer.groups.length > 0 && (
        <Breakdown groups={answer.groups} by={search.by} isStale={isStale} />
      )}
    </>
  )
}

export function Conversion({ answer, search, isStale, onDropped, onLonger }: Props) {
  const unit = search.unit ?? DEFAULTS.unit
  const { entered, finished, share } = endsOf(answer.steps)
  const window = WINDOW_LABELS[search.within ?? DEFAULTS.within]
  return (
    <Card
      title="Conversion"
      piece="funnels.conversion"
      help={`Each ${unit} counts once: with the attempt that got furthest, the earliest of several. All steps lie in the period, and the last is at most ${window} after the first.`}
      actions={<CsvButton sheet={entered > 0 ? stepsSheet(answer, unit) : undefined} />}
    >
      {entered === 0 ? (
        <Empty
          icon={IconUserOff}
          title={`No ${unit} took the first step in this period`}
          action={
            search.period !== '90d' && (
              <Button variant="default" onClick={onLonger}>
                Show last 90 days
              </Button>
            )
          }
        >
          Check how the first step is written, choose a longer period, or remove filters.
        </Empty>
      ) : (
        <div className={classes.answer} data-stale={isStale || undefined} aria-busy={isStale}>
          <p className={classes.total}>
            <b className={classes.share}>{share === null ? '–' : percent(share)}</b>
            <span>
              <b title={exactNumber(finished)}>{shortNumber(finished)}</b> of{' '}
              <b title={exactNumber(entered)}>{unitsText(entered, unit)}</b> went all the way
            </span>
          </p>
          <StepFigures steps={answer.steps} unit={unit} opened={search.dropped} onDropped={onDropped} />
        </div>
      )}
      {answer.unattributed_events > 0 && (
        <p className={classes.note}>
          {plural(answer.unattributed_events, 'matching event')} {answer.unattributed_events === 1 ? 'names' : 'name'}{' '}
          no visitor and no session, such as orders that your server reports by the customer alone.{' '}
          {answer.unattributed_events === 1 ? 'It counts' : 'They count'} for no step.
        </p>
      )}
    </Card>
  )
}
