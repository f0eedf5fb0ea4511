// The steps of a funnel, and how an address spells them: "page:/|event:search:/routes*|order"; pure.

import type { components } from '../../api/schema.gen'
import { eventLabel } from '../../lib/words'

type StepRequest = components['schemas']['FunnelStepRequest']

export const KINDS = ['page', 'event', 'click', 'order', 'booking', 'stage'] as const
export type Kind = (typeof KINDS)[number]

export const KIND_LABELS: Record<Kind, string> = {
  page: 'Page',
  event: 'Event',
  click: 'Click',
  order: 'Order',
  booking: 'Booking',
  stage: 'CRM stage',
}

export type Outcome = 'order' | 'booking'

/** A value is empty until somebody fills it in; only events and clicks may name a page they happen on. */
export type Step =
  | { kind: 'page'; value: string }
  | { kind: 'stage'; value: string }
  | { kind: 'event'; value: string; path: string }
  | { kind: 'click'; value: string; path: string }
  | { kind: 'order' }
  | { kind: 'booking' }

/** A field of a step, as the API names it. */
export type Field = 'page' | 'event' | 'click' | 'stage' | 'path'

export const MIN_STEPS = 2
export const MAX_STEPS = 8

/** Longer labels say nothing on a screen, and the API takes 2,048 bytes. */
const LABEL_LENGTH = 200

/** `|` stands between steps and `:` between their parts, so a part has neither. */
function encodePart(text: string): string {
  return text.replace(/[%|:]/g, encodeURIComponent)
}

function decodePart(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

export function stepsText(steps: readonly Step[]): string {
  return steps.map((step) => partsOf(step).map(encodePart).join(':')).join('|')
}

function partsOf(step: Step): string[] {
  if (step.kind === 'page' || step.kind === 'stage') return [step.kind, step.value]
  if (step.kind === 'order' || step.kind === 'booking') return [step.kind]
  return step.path === '' ? [step.kind, step.value] : [step.kind, step.value, step.path]
}

/** The steps of an address; none at all where one cannot be read: with a step less it is another funnel. */
export function parseSteps(text: unknown): Step[] {
  if (typeof text !== 'string') return []
  const steps = text.split('|').map(parseStep)
  if (steps.length < MIN_STEPS || steps.length > MAX_STEPS) return []
  return steps.every((step) => step !== undefined) ? steps : []
}

function parseStep(text: string): Step | undefined {
  const [kind, value, path, ...more] = text.split(':').map(decodePart)
  if (more.length > 0) return undefined
  if ((kind === 'order' || kind === 'booking') && value === undefined) return text === kind ? { kind } : undefined
  if (value === undefined) return undefined
  if (kind === 'page' || kind === 'stage')
    return path === undefined && text.split(':').length === 2 ? { kind, value } : undefined
  if (kind !== 'event' && kind !== 'click') return undefined
  if (path === undefined) return text.split(':').length === 2 ? { kind, value, path: '' } : undefined
  return path === '' ? undefined : { kind, value, path }
}

export function emptyStep(kind: Kind): Step {
  if (kind === 'page' || kind === 'stage') return { kind, value: '' }
  return kind === 'order' || kind === 'booking' ? { kind } : { kind, value: '', path: '' }
}

export function isComplete(step: Step): boolean {
  return !('value' in step) || step.value !== ''
}

/** Whether the steps can be asked for. */
export function areComplete(steps: readonly Step[]): boolean {
  return steps.length >= MIN_STEPS && steps.every(isComplete)
}

/** A step as people name it. */
export function stepLabel(step: Step): string {
  return labelOf(step).slice(0, LABEL_LENGTH)
}

function labelOf(step: Step): string {
  switch (step.kind) {
    case 'page':
      return step.value
    case 'stage':
      return `Becomes ${step.value}`
    case 'order':
    case 'booking':
      return KIND_LABELS[step.kind]
    default: {
      const name = step.kind === 'event' ? eventLabel(step.value) : `Click on ${step.value}`
      return step.path === '' ? name : `${name} on ${step.path}`
    }
  }
}

export function stepRequest(step: Step): StepRequest {
  const label = stepLabel(step)
  if (step.kind === 'page') return { page: step.value, label }
  if (step.kind === 'stage') return { stage: step.value, label }
  if (step.kind === 'order' || step.kind === 'booking') return { outcome: step.kind, label }
  const path = step.path === '' ? {} : { path: step.path }
  return step.kind === 'event' ? { event: step.value, ...path, label } : { click: step.value, ...path, label }
}

export function withStep(steps: readonly Step[], index: number, step: Step): Step[] {
  return steps.map((old, at) => (at === index ? step : old))
}

export function withoutStep(steps: readonly Step[], index: number): Step[] {
  return steps.length > MIN_STEPS ? steps.filter((_, at) => at !== index) : [...steps]
}

/** With one more page, before a purchase where that is the end. */
export function withNewStep(steps: readonly Step[]): Step[] {
  if (steps.length >= MAX_STEPS) return [...steps]
  const last = steps.at(-1)
  const isEnd = last?.kind === 'order' || last?.kind === 'booking'
  const at = isEnd ? steps.length - 1 : steps.length
  return [...steps.slice(0, at), emptyStep('page'), ...steps.slice(at)]
}

/** With a step one place up (-1) or down (1). */
export function withMoved(steps: readonly Step[], index: number, by: -1 | 1): Step[] {
  const moved = [...steps]
  const [one, other] = [moved[index], moved[index + by]]
  if (!one || !other) return moved
  moved[index] = other
  moved[index + by] = one
  return moved
}

/** The path of a pasted address; other texts as they were typed. */
export function typedPath(typed: string): string {
  const text = typed.trim()
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).pathname : text
}
