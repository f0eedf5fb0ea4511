// The rules that turn events into statuses, tasks and figures of contacts, as the server has them; pure.

export const COUNTERS = ['website_visits', 'total_bookings', 'total_revenue'] as const
export const REMEMBERED = ['last_vehicle_viewed', 'last_search_location'] as const
export const BOOKING_STEPS = ['started', 'continued', 'ended'] as const
export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const

export type Counter = (typeof COUNTERS)[number]
export type Remembered = (typeof REMEMBERED)[number]
export type BookingStep = (typeof BOOKING_STEPS)[number]
export type Priority = (typeof PRIORITIES)[number]

export type StatusRule = { to: string; unless: string[] }
export type TaskRule = { kind: string; title: string; priority: Priority; due_in_minutes: number | null }

export type Rule = {
  /** An event's name, or `*.viewed` or `booking.*`. */
  event: string
  activity: boolean
  status: StatusRule | null
  counts: Counter[]
  deal_value: 'set' | 'clear' | null
  remembers: Record<Remembered, string[]>
  booking: BookingStep | null
  task: TaskRule | null
  closes: string[]
}

export type RuleSet = { abandon_after_minutes: number; rules: Rule[] }

export function emptyRule(event = ''): Rule {
  return {
    event,
    activity: true,
    status: null,
    counts: [],
    deal_value: null,
    remembers: { last_vehicle_viewed: [], last_search_location: [] },
    booking: null,
    task: null,
    closes: [],
  }
}

/** The server's rules, which leave out what is not set. */
export function readRules(sent: unknown): RuleSet {
  const { abandon_after_minutes, rules } = sent as { abandon_after_minutes: number; rules: WireRule[] }
  return { abandon_after_minutes, rules: rules.map(readRule) }
}

type WireRule = Partial<Omit<Rule, 'event' | 'status' | 'task' | 'remembers'>> & {
  event: string
  status?: { to: string; unless?: string[] } | null
  task?: (Omit<TaskRule, 'due_in_minutes'> & { due_in_minutes?: number | null }) | null
  remembers?: Partial<Record<Remembered, string[]>>
}

function readRule({ status, task, remembers, ...rule }: WireRule): Rule {
  const none = emptyRule()
  return {
    ...none,
    ...rule,
    remembers: { ...none.remembers, ...remembers },
    status: status ? { to: status.to, unless: status.unless ?? [] } : null,
    task: task
      ? { kind: task.kind, title: task.title, priority: task.priority, due_in_minutes: task.due_in_minutes ?? null }
      : null,
  }
}

/** Rules as the server reads them: it refuses fields to remember that nothing sets. */
export function writeRules({ rules, ...set }: RuleSet): object {
  return {
    ...set,
    rules: rules.map((rule) => ({
      ...rule,
      remembers: Object.fromEntries(Object.entries(rule.remembers).filter(([, members]) => members.length > 0)),
    })),
  }
}

/** Whether it covers all names that begin or end so. */
export function isPattern({ event }: Pick<Rule, 'event'>): boolean {
  return event.startsWith('*') || event.endsWith('*')
}

/** The list with one rule moved past the next pattern before or after it; the order of others means nothing. */
export function movedPattern(rules: Rule[], index: number, step: -1 | 1): Rule[] {
  const target = patternBeside(rules, index, step)
  const [rule, other] = [rules[index], target === undefined ? undefined : rules[target]]
  if (rule === undefined || other === undefined) return rules
  return rules.map((entry, at) => (at === index ? other : at === target ? rule : entry))
}

/** The index of the nearest pattern before or after a rule. */
export function patternBeside(rules: Rule[], index: number, step: -1 | 1): number | undefined {
  for (let at = index + step; at >= 0 && at < rules.length; at += step) {
    const rule = rules[at]
    if (rule && isPattern(rule)) return at
  }
  return undefined
}

/** All statuses that the rules name, and those that are known besides. */
export function statusesIn({ rules }: RuleSet, known: readonly string[]): string[] {
  const named = rules.flatMap(({ status }) => (status ? [status.to, ...status.unless] : []))
  return [...new Set([...known, ...named])].filter((status) => status.trim() !== '')
}

/** The kinds of tasks that the rules open, each with its title. */
export function taskKinds({ rules }: RuleSet): { value: string; label: string }[] {
  const titles = new Map<string, string>()
  for (const { task } of rules) if (task?.kind && !titles.has(task.kind)) titles.set(task.kind, task.title || task.kind)
  return [...titles].map(([value, label]) => ({ value, label }))
}

/** A kind for a task of this event: "booking.abandoned" → "booking_abandoned". */
export function kindFor(event: string): string {
  const words = event
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  return words.slice(0, 40) || 'task'
}

/** The rule that a refused field is of: "rules[3].task.title" → 3 and "task.title". */
export function refusedField(field: string | undefined): { index: number; name: string } | null {
  const [, index, name] = /^rules\[(\d+)\]\.(.+)$/.exec(field ?? '') ?? []
  return index === undefined || name === undefined ? null : { index: Number(index), name }
}
