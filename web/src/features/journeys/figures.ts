// The figures of journeys as they are shown: names of steps and nodes, shares, and the table behind the chart; pure.

import { exactNumber, percent } from '../../lib/format'
import type { ChartTable } from '../../ui/TableActions'
import type { JourneyNode, Journeys } from './api'
import type { Direction } from './model'

export const OTHERS = 'Other pages'

export function nodeName({ path }: Pick<JourneyNode, 'path'>): string {
  return path ?? OTHERS
}

/** "Entry page", "Step 2"; back: "Exit page", "1 page before". */
export function stepName(step: number, direction: Direction, start: string | undefined): string {
  if (step > 0) return direction === 'forward' ? `Step ${step + 1}` : `${step} ${step === 1 ? 'page' : 'pages'} before`
  if (start !== undefined) return direction === 'forward' ? 'Start' : 'End'
  return direction === 'forward' ? 'Entry page' : 'Exit page'
}

export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

/** "40 left here (13.3%)"; nothing of the last step, beyond which nobody looks. */
export function endedText({ ended, sessions }: JourneyNode, direction: Direction): string | undefined {
  const share = shareOf(ended ?? 0, sessions)
  if (ended == null || share === null) return undefined
  return `${exactNumber(ended)} ${direction === 'forward' ? 'left here' : 'began here'} (${percent(share)})`
}

/** How strongly a share is marked: not at all, below 5 %, below 15 %, or above. */
export function markLevel(part: number, whole: number): 0 | 1 | 2 | 3 {
  const share = shareOf(part, whole) ?? 0
  if (share === 0) return 0
  return share < 0.05 ? 1 : share < 0.15 ? 2 : 3
}

export type Neighbour = { name: string; sessions: number; share: number }

/** The nodes that sessions of a node go on to, most sessions first. */
export function nextOf({ steps, links }: Pick<Journeys, 'steps' | 'links'>, step: number, index: number): Neighbour[] {
  const whole = steps[step]?.nodes[index]?.sessions ?? 0
  return links
    .filter((link) => link.step === step && link.from === index)
    .sort((a, b) => b.sessions - a.sessions || a.to - b.to)
    .flatMap(({ to, sessions }) => {
      const node = steps[step + 1]?.nodes[to]
      return node ? [{ name: nodeName(node), sessions, share: shareOf(sessions, whole) ?? 0 }] : []
    })
}

/** Every way from a step to the next, and what ends, as a table. */
export function journeySheet(
  { steps, links }: Pick<Journeys, 'steps' | 'links'>,
  direction: Direction,
  start: string | undefined,
): ChartTable {
  const isForward = direction === 'forward'
  const rows = steps.flatMap(({ nodes }, step) =>
    nodes.flatMap((node, index): ChartTable['rows'] => {
      const from = [stepName(step, direction, start), nodeName(node)]
      const ways = nextOf({ steps, links }, step, index).map(({ name, sessions }) => [...from, name, sessions])
      const ended =
        node.ended == null || node.ended === 0 ? [] : [[...from, isForward ? '(left)' : '(began)', node.ended]]
      return [...ways, ...ended]
    }),
  )
  return { name: 'journeys', header: ['Step', 'Page', isForward ? 'Next page' : 'Page before', 'Sessions'], rows }
}
