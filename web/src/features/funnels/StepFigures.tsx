// A bar for every step, as wide as its share of the first, and between the steps who was lost.
import { UnstyledButton } from '@mantine/core'
import { exactNumber, percent, shortNumber } from '../../lib/format'
import classes from './Funnels.module.css'
import { answeredLabel, droppedShare, type FunnelStep, timeText, unitsText } from './figures'
import type { Unit } from './model'
import { StepFriction } from './StepFriction'

type Props = { steps: FunnelStep[]; unit: Unit; opened: number | undefined; onDropped: (step: number) => void }

export function StepFigures({ steps, unit, opened, onDropped }: Props) {
  const hasFriction = steps.some(({ friction }) => friction.length > 0)
  return (
    <ol className={classes.steps} aria-label="Figures by step" data-friction={hasFriction || undefined}>
      {steps.map((step, index) => {
        const label = answeredLabel(step, index, steps.length)
        const time = timeText(step)
        const lost = droppedShare(step)
        const before = steps[index - 1]?.share_of_first ?? step.share_of_first ?? 0
        return (
          <li key={index} className={classes.step}>
            <div className={classes.figures}>
              <div className={classes.stepHead}>
                <span className={classes.number} aria-hidden>
                  {index + 1}
                </span>
                <span className={classes.stepLabel} title={label}>
                  {label}
                </span>
                <span className={classes.units} title={exactNumber(step.units)}>
                  {unitsText(step.units, unit)}
                </span>
                <b className={classes.ofFirst}>{step.share_of_first == null ? '–' : percent(step.share_of_first)}</b>
              </div>
              <div className={classes.track} aria-hidden>
                <i className={classes.before} style={{ width: `${before * 100}%` }} />
                <i className={classes.fill} style={{ width: `${(step.share_of_first ?? 0) * 100}%` }} />
              </div>
              <div className={classes.facts}>
                {index > 0 && (
                  <span>
                    {step.share_of_previous == null
                      ? 'Nobody took the step before'
                      : `${percent(step.share_of_previous)} of the step before`}
                  </span>
                )}
                {time && <span>{time}</span>}
                {step.dropped > 0 && (
                  <UnstyledButton
                    className={classes.dropped}
                    aria-pressed={opened === index}
                    title="Show their sessions"
                    onClick={() => onDropped(index)}
                  >
                    {shortNumber(step.dropped)} dropped{lost !== null && ` (${percent(lost)})`}
                  </UnstyledButton>
                )}
              </div>
            </div>
            <StepFriction step={step} number={index + 1} unit={unit} />
          </li>
        )
      })}
    </ol>
  )
}
