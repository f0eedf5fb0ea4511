// The steps of a funnel: add, fill in, move and remove them; the keyboard stays with the step it moves.
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { AnalysisSearch } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import classes from './Funnels.module.css'
import { StepRow } from './StepRow'
import { MAX_STEPS, MIN_STEPS, type Step, stepsText, withMoved, withNewStep, withoutStep, withStep } from './steps'

type Props = {
  projectId: string
  search: AnalysisSearch
  steps: Step[]
  error: Error | null
  onChange: (edit: (steps: Step[]) => Step[]) => void
  onClear: () => void
  /** How steps are counted. */
  children: ReactNode
}

export function StepEditor({ projectId, search, steps, error, onChange, onClear, children }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const next = useRef<string[]>([])
  const text = stepsText(steps)

  // The first of these that is there receives the focus.
  useEffect(() => {
    const found = next.current
      .map((selector) => list.current?.parentElement?.querySelector<HTMLElement>(selector))
      .find(Boolean)
    next.current = []
    found?.focus()
  }, [text])

  const button = (index: number, action: string) => `[data-step="${index}"] [data-action="${action}"]:not(:disabled)`
  function move(index: number, by: -1 | 1) {
    const actions = by < 0 ? ['up', 'down'] : ['down', 'up']
    next.current = actions.map((action) => button(index + by, action))
    onChange((latest) => withMoved(latest, index, by))
  }
  function remove(index: number) {
    next.current = [button(Math.min(index, steps.length - 2), 'remove'), '[data-action="add"]']
    onChange((latest) => withoutStep(latest, index))
  }
  function add() {
    const added = withNewStep(steps).findIndex((step, index) => step !== steps[index])
    next.current = [`[data-step="${added}"] [data-two] input, [data-step="${added}"] input[aria-label^="Page"]`]
    onChange(withNewStep)
  }

  return (
    <Card
      title="Steps"
      help="What people do one after the other, such as viewing a page, then placing an order. Filters choose events: only those that match count for any step."
      actions={
        <Button variant="subtle" color="gray" onClick={onClear}>
          Start over
        </Button>
      }
    >
      <ol ref={list} className={classes.editor} aria-label="Steps of the funnel">
        {steps.map((step, index) => (
          <StepRow
            key={index}
            projectId={projectId}
            search={search}
            step={step}
            index={index}
            count={steps.length}
            canRemove={steps.length > MIN_STEPS}
            error={error}
            onChange={(changed) => onChange((latest) => withStep(latest, index, changed))}
            onMove={(by) => move(index, by)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      <div className={classes.add}>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} />}
          data-action="add"
          disabled={steps.length >= MAX_STEPS}
          onClick={add}
        >
          Add step
        </Button>
        {steps.length >= MAX_STEPS && <span className={classes.muted}>A funnel has at most {MAX_STEPS} steps.</span>}
      </div>
      {children}
    </Card>
  )
}
