// The member's last statements and drafts on this device: per member and project, and gone when they sign out.
import { forget, memberKey, recall, remember } from '../../lib/store'

export type Past = { statement: string; at: string; rows?: number }

export const MAX_PAST = 50
/** A longer one would fill the storage of the browser. */
const MAX_CHARACTERS = 20_000

export type Owner = { memberId: string; projectId: string }

const keyOf = ({ memberId, projectId }: Owner) => memberKey(memberId, projectId, 'sql-history')
const draftKey = ({ memberId, projectId }: Owner, question: string | undefined) =>
  memberKey(memberId, projectId, `sql-draft.${question ?? 'new'}`)

/** With a statement that was run at the head; each stands there once. */
export function withPast(history: readonly Past[], run: Past): Past[] {
  if (run.statement.length > MAX_CHARACTERS) return [...history]
  return [run, ...history.filter(({ statement }) => statement !== run.statement)].slice(0, MAX_PAST)
}

export function readHistory(owner: Owner): Past[] {
  try {
    const stored: unknown = JSON.parse(recall(keyOf(owner)) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isPast).slice(0, MAX_PAST) : []
  } catch {
    return []
  }
}

function isPast(value: unknown): value is Past {
  const past = value as Partial<Past> | null
  return typeof past?.statement === 'string' && typeof past.at === 'string'
}

export function writeHistory(owner: Owner, history: readonly Past[]): void {
  if (history.length === 0) forget(keyOf(owner))
  else remember(keyOf(owner), JSON.stringify(history))
}

export function readDraft(owner: Owner, question: string | undefined): string | null {
  return recall(draftKey(owner, question))
}

/** Keeps a draft; none: forgets it. */
export function writeDraft(owner: Owner, question: string | undefined, text: string | undefined): void {
  if (text === undefined) forget(draftKey(owner, question))
  else remember(draftKey(owner, question), text)
}
