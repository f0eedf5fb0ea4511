// The friction after a step: how many met it of those who dropped, and of those who went on.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { exactNumber, percent } from '../../lib/format'
import { KindBadge } from '../../ui/Badges'
import classes from './Funnels.module.css'
import { type FunnelStep, frictionRates } from './figures'
import type { Unit } from './model'

const SHOWN = 2

export function StepFriction({ step, number, unit }: { step: FunnelStep; number: number; unit: Unit }) {
  const [isWhole, setWhole] = useState(false)
  const rates = frictionRates(step)
  if (rates.length === 0) return null
  const more = rates.length - SHOWN
  const of = (part: number, whole: number) => `${exactNumber(part)} of ${exactNumber(whole)} ${unit}s`
  return (
    <div className={classes.friction}>
      <table aria-label={`Friction after step ${number}`}>
        <thead>
          <tr>
            <th scope="col">Friction after this step</th>
            <th scope="col">Dropped</th>
            <th scope="col">Went on</th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? rates : rates.slice(0, SHOWN)).map(
            ({ kind, dropped, continued, droppedUnits, continuedUnits }) => (
              <tr key={kind}>
                <th scope="row">
                  <KindBadge kind={kind} />
                </th>
                <td title={of(droppedUnits, step.dropped)}>{dropped === null ? '–' : percent(dropped)}</td>
                <td title={of(continuedUnits, step.units - step.dropped)}>
                  {continued === null ? '–' : percent(continued)}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      {more > 0 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? 'Show fewer' : `Show ${more} more`}
        </Button>
      )}
    </div>
  )
}
