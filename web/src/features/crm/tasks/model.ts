// Tasks as the page shows them: what is due when, in words and in order, and the page's state in the URL; pure.
import type { Task } from '../../../api/types'
import { type Reader, shortDate } from '../../../lib/locale'
import { sentence } from '../../../lib/words'

export const TABS = ['open', 'overdue', 'done', 'mentions'] as const
export type Tab = (typeof TABS)[number]
export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const
export type Priority = (typeof PRIORITIES)[number]

/** The tabs that list tasks. */
export type TaskTab = Exclude<Tab, 'mentions'>

/** `assigned` is a member's id, or one of the two that are no ids; `open` a contact, whose task `task` shows its comments. */
export type TasksSearch = {
  tab?: Exclude<Tab, 'open'>
  priority?: Priority
  assigned?: string
  open?: string
  task?: string
}

export const ME = 'me'
export const UNASSIGNED = 'nobody'

export function parseTasksSearch(search: Record<string, unknown>): TasksSearch {
  const parsed: TasksSearch = {}
  const tab = TABS.find((name) => name === search.tab)
  if (tab && tab !== 'open') parsed.tab = tab
  const priority = PRIORITIES.find((name) => name === search.priority)
  if (priority) parsed.priority = priority
  for (const name of ['assigned', 'open', 'task'] as const) {
    const value = search[name]
    if (typeof value === 'string' && value) parsed[name] = value
  }
  return parsed
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export function isOverdue(task: Pick<Task, 'due_at' | 'status'>, now: number): boolean {
  return task.status === 'open' && task.due_at != null && Date.parse(task.due_at) <= now
}

/** "in 45 min", "tomorrow", "3 h overdue"; later than two weeks, the date. */
export function dueText(dueAt: string, now: number, reader: Reader = {}): string {
  const left = Date.parse(dueAt) - now
  if (Number.isNaN(left)) return dueAt
  if (left <= 0) return -left < MINUTE ? 'due now' : `${lengthText(-left)} overdue`
  if (left > 14 * DAY) return shortDate(dueAt, now, reader)
  return `in ${lengthText(left)}`
}

function lengthText(ms: number): string {
  if (ms < HOUR) return `${Math.max(1, Math.floor(ms / MINUTE))} min`
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`
  const days = Math.floor(ms / DAY)
  return days === 1 ? '1 day' : `${days} days`
}

export const BUCKETS = ['soon', 'overdue', 'later', 'undated'] as const
export type Bucket = (typeof BUCKETS)[number]

export const BUCKET_LABELS: Record<Bucket, string> = {
  soon: 'Due within 24 hours',
  overdue: 'Overdue',
  later: 'Later',
  undated: 'No due date',
}

export function bucketOf(task: Task, now: number): Bucket {
  if (task.due_at == null) return 'undated'
  const left = Date.parse(task.due_at) - now
  if (left <= 0) return 'overdue'
  return left <= DAY ? 'soon' : 'later'
}

/**
 * Open tasks in the order they are best done: what can still be on time comes first, then what is overdue with the latest
 * first, since an hour-old lead is warmer than a month-old one; among those without a time, the most urgent and newest first.
 */
export function inOrder(tasks: Task[], now: number): Task[] {
  const ranked = tasks.map((task) => ({
    task,
    bucket: bucketOf(task, now),
    due: Date.parse(task.due_at ?? '') || 0,
    rank: priorityRank(task.priority),
  }))
  ranked.sort((a, b) => {
    if (a.bucket !== b.bucket) return BUCKETS.indexOf(a.bucket) - BUCKETS.indexOf(b.bucket)
    if (a.bucket === 'undated') return a.rank - b.rank || b.task.created_at.localeCompare(a.task.created_at)
    return a.bucket === 'overdue' ? b.due - a.due : a.due - b.due
  })
  return ranked.map(({ task }) => task)
}

/** 0 is the most urgent; priorities we do not know come last. */
export function priorityRank(priority: string): number {
  const rank = (PRIORITIES as readonly string[]).indexOf(priority)
  return rank < 0 ? PRIORITIES.length : rank
}

export function priorityTone(priority: string): 'bad' | 'warn' | 'plain' {
  return priority === 'urgent' ? 'bad' : priority === 'high' ? 'warn' : 'plain'
}

/** A task's title without the words of its badge. */
export function taskTitle(title: string): string {
  return sentence(title.replace(/^urgent:\s*/i, ''))
}

/** Whether a task is assigned as the filter asks; `me` is the signed-in member's id. */
export function isAssigned(task: Task, assigned: string | undefined, me: string | undefined): boolean {
  if (assigned === undefined) return true
  if (assigned === UNASSIGNED) return task.assigned_to == null
  return task.assigned_to === (assigned === ME ? me : assigned)
}
