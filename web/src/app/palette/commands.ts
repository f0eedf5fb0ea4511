// What the command palette offers, and in which order: by what was typed, the recent first; pure.
import { fuzzyMatch } from '../../lib/fuzzy'

export type CommandGroup =
  | 'Page'
  | 'Board'
  | 'Project'
  | 'Saved question'
  | 'Action'
  | 'Contact'
  | 'Customer'
  | 'Session'

export type Command = {
  id: string
  group: CommandGroup
  label: string
  /** Other words that find it. */
  words?: string
  /** Shown smaller: an address, a name. */
  detail?: string
  /** The keys that do the same. */
  keys?: string
}

export const MAX_SHOWN = 12
const MAX_RECENT = 8
/** What was used lately is a little more likely to be meant. */
const RECENT_BONUS = 4

/** The commands for a query; without one, those used lately and then all as they come. */
export function ranked<C extends Command>(
  commands: readonly C[],
  query: string,
  recent: readonly string[],
  most = MAX_SHOWN,
): C[] {
  const age = (command: C) => {
    const index = recent.indexOf(command.id)
    return index < 0 ? MAX_RECENT : index
  }
  if (query.trim() === '') return [...commands].sort((a, b) => age(a) - age(b)).slice(0, most)
  const scored = commands.flatMap((command) => {
    const score = scoreOf(command, query)
    return score === null ? [] : [{ command, score: score + (recent.includes(command.id) ? RECENT_BONUS : 0) }]
  })
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ command }) => command)
}

/** A word that only describes it counts half; its letters must stand together. */
function scoreOf({ label, words = '', detail = '' }: Command, query: string): number | null {
  const byLabel = fuzzyMatch(query, label)
  const needle = query.trim().toLowerCase()
  const isDescribed = `${words} ${detail}`
    .toLowerCase()
    .split(/\s+/)
    .some((word) => word.startsWith(needle))
  if (!byLabel) return isDescribed ? needle.length * 4 : null
  return Math.max(byLabel.score, isDescribed ? needle.length * 4 : 0)
}

/** With a command at the head of those used lately. */
export function withRecent(recent: readonly string[], id: string): string[] {
  return [id, ...recent.filter((other) => other !== id)].slice(0, MAX_RECENT)
}

/** Whether a text can be the id of a session: long enough, without blanks, and with a digit. */
export function looksLikeSession(text: string): boolean {
  return /^[\w.:-]{8,128}$/.test(text) && /\d/.test(text)
}

/** Whether people are looked for: a name or an address, not a letter. */
export function looksForPeople(text: string): boolean {
  return text.trim().length >= 2
}
