// Where the nodes and bands of a journey are drawn: columns of nodes as high as their sessions, bands between them as wide; pure.
import type { Journeys } from './api'
import type { Direction } from './model'

export type Sizes = {
  /** Pixels that all sessions are high together. */
  whole: number
  /** The least pixels of a node with its label. */
  label: number
  /** Pixels between nodes. */
  gap: number
}

export type PlacedNode = {
  step: number
  /** Its index in the step. */
  index: number
  /** Counted from the left. */
  column: number
  top: number
  /** Of its bar. */
  height: number
  /** Of the node with its label. */
  slot: number
  /** The part of the bar, at its lower end, of sessions that end here, or began. */
  ended: number
}

/** A band from one node to one of the next step, at its left and right end. */
export type Band = {
  step: number
  from: number
  to: number
  sessions: number
  column: number
  left: number
  right: number
  height: number
}

export type Layout = { columns: number; height: number; nodes: PlacedNode[]; bands: Band[] }

type Answer = Pick<Journeys, 'sessions' | 'steps' | 'links'>

export function layoutOf({ sessions, steps, links }: Answer, direction: Direction, sizes: Sizes): Layout {
  const scale = sizes.whole / Math.max(1, sessions)
  const columnOf = (step: number) => (direction === 'back' ? steps.length - 1 - step : step)
  const columns = steps.map(({ nodes }, step) => {
    let top = 0
    return nodes.map((node, index): PlacedNode => {
      const height = node.sessions * scale
      const slot = Math.max(height, sizes.label)
      const placed = { step, index, column: columnOf(step), top, height, slot, ended: (node.ended ?? 0) * scale }
      top += slot + sizes.gap
      return placed
    })
  })
  const nodes = columns.flat()
  return {
    columns: steps.length,
    height: Math.max(0, ...nodes.map(({ top, slot }) => top + slot)),
    nodes,
    bands: bandsOf(columns, links, scale),
  }
}

/** Bands leave a node in the order of the nodes they lead to, and arrive in the order of those they come from: so they cross least. */
function bandsOf(columns: PlacedNode[][], links: Journeys['links'], scale: number): Band[] {
  const left = new Map<PlacedNode, number>()
  const arrived = new Map<PlacedNode, number>()
  const ordered = [...links].sort((a, b) => a.step - b.step || a.from - b.from || a.to - b.to)
  return ordered.flatMap(({ step, from, to, sessions }) => {
    const [source, target] = [columns[step]?.[from], columns[step + 1]?.[to]]
    if (!source || !target) return []
    const height = sessions * scale
    const [sourceTop, targetTop] = [source.top + (left.get(source) ?? 0), target.top + (arrived.get(target) ?? 0)]
    left.set(source, (left.get(source) ?? 0) + height)
    arrived.set(target, (arrived.get(target) ?? 0) + height)
    const isBack = source.column > target.column
    return {
      step,
      from,
      to,
      sessions,
      height,
      column: Math.min(source.column, target.column),
      left: isBack ? targetTop : sourceTop,
      right: isBack ? sourceTop : targetTop,
    }
  })
}

/** The outline of a band as an SVG path; columns are `width` wide. */
export function bandPath({ column, left, right, height }: Band, width: number): string {
  const [start, end] = [column * width, (column + 1) * width]
  const middle = (start + end) / 2
  const at = (x: number, y: number) => `${round(x)} ${round(y)}`
  return `M${at(start, left)}C${at(middle, left)} ${at(middle, right)} ${at(end, right)}L${at(end, right + height)}C${at(middle, right + height)} ${at(middle, left + height)} ${at(start, left + height)}Z`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

export type NodeId = { step: number; index: number }

/** Whether a band begins or ends at the node: what is further away may be of other sessions. */
export function touches({ step, from, to }: Pick<Band, 'step' | 'from' | 'to'>, node: NodeId): boolean {
  return (step === node.step && from === node.index) || (step + 1 === node.step && to === node.index)
}
