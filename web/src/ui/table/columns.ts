// Which columns a person chose for a table, and in which order; all else is as the table has it.
import type { Column } from '../DataTable'

export type Choice = {
  /** Keys; none: the table's own order. */
  order: string[]
  /** By key; absent: as the table has it on this screen. */
  isShown: Record<string, boolean>
}

/** Screens, by the widths at which DataTable.module.css leaves columns out. */
export type Screen = 'large' | 'medium' | 'small'

export type Placed = Pick<Column<never>, 'key' | 'small' | 'isExtra'>

export const NO_CHOICE: Choice = { order: [], isShown: {} }

export const isChosen = ({ order, isShown }: Choice) => order.length > 0 || Object.keys(isShown).length > 0

/** Whether the column is on this screen; the one that names the row always is. */
export function isShownOn(screen: Screen, column: Placed, choice: Choice): boolean {
  return isTitle(column) || (choice.isShown[column.key] ?? isShownFirst(screen, column))
}

export const isTitle = ({ small }: Placed) => small === 'title'

function isShownFirst(screen: Screen, { small, isExtra }: Placed): boolean {
  if (screen === 'large') return true
  if (screen === 'medium') return !isExtra
  return small !== 'none' && !(isExtra && small === undefined)
}

/** In the chosen order; a column that the choice does not know stands after the one it follows in the table's own order. */
export function ordered<C extends Placed>(columns: readonly C[], { order }: Choice): C[] {
  const placed = order.flatMap((key) => columns.find((column) => column.key === key) ?? [])
  columns.forEach((column, index) => {
    if (placed.includes(column)) return
    const before = columns[index - 1]
    placed.splice(before ? placed.indexOf(before) + 1 : 0, 0, column)
  })
  return placed
}

/** The columns for the table: in order, without those that were hidden; one that was asked for is on every screen. */
export function chosen<C extends Placed>(columns: readonly C[], choice: Choice): C[] {
  return ordered(columns, choice).flatMap((column) => {
    const isShown = isTitle(column) ? undefined : choice.isShown[column.key]
    if (isShown === undefined) return column
    return isShown ? onEveryScreen(column) : []
  })
}

function onEveryScreen<C extends Placed>(column: C): C {
  const { isExtra: _, ...shown } = column
  return { ...shown, ...(column.small === 'none' ? { small: 'fact' } : {}) } as C
}

export function withShown(choice: Choice, column: Placed, isShown: boolean): Choice {
  const { [column.key]: _, ...others } = choice.isShown
  // What the table shows on every screen by itself needs no choice.
  const isOwn = isShown && isShownFirst('medium', column) && isShownFirst('small', column)
  return { ...choice, isShown: isOwn ? others : { ...others, [column.key]: isShown } }
}

/** Moves a column to the place of another; the ones between move up. */
export function withMoved(choice: Choice, columns: readonly Placed[], key: string, target: string): Choice {
  const keys = ordered(columns, choice).map((column) => column.key)
  const to = keys.indexOf(target)
  const rest = keys.filter((other) => other !== key)
  if (to < 0 || rest.length === keys.length) return choice
  const order = rest.toSpliced(to, 0, key)
  const isOwn = order.every((other, index) => other === columns[index]?.key)
  return { ...choice, order: isOwn ? [] : order }
}

/** What was kept; anything else in its place is no choice. */
export function choiceOf(text: string | null): Choice {
  try {
    const kept = JSON.parse(text ?? '{}') as Partial<Record<keyof Choice, unknown>> | null
    const order = Array.isArray(kept?.order) ? kept.order.filter((key) => typeof key === 'string') : []
    const isShown = Object.entries(kept?.isShown ?? {}).filter(([, value]) => typeof value === 'boolean')
    return { order: [...new Set(order)], isShown: Object.fromEntries(isShown) }
  } catch {
    return NO_CHOICE
  }
}
