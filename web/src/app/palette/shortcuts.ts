// The keyboard's shortcuts: what each press means, also as the second of two; pure.
import { AREAS } from '../areas'

export type Shortcut = { kind: 'palette' } | { kind: 'sheet' } | { kind: 'refresh' } | { kind: 'go'; to: string }

export type KeyPress = { key: string; hasModifier: boolean; hasAlt: boolean; isTyping: boolean }

/** The second key of two must follow within this. */
export const CHORD_MS = 1_200

/** What a press means. `chordSince` is when `g` was pressed; `starts`: it waits for a second one. */
export function meaningOf(
  press: KeyPress,
  now: number,
  chordSince: number | null,
): { shortcut?: Shortcut; starts?: true } {
  const { key, hasModifier, hasAlt, isTyping } = press
  // The palette opens from anywhere; it is no letter that could be typed.
  if (hasModifier && !hasAlt && key.toLowerCase() === 'k') return { shortcut: { kind: 'palette' } }
  if (hasModifier || hasAlt || isTyping) return {}
  if (chordSince !== null && now - chordSince <= CHORD_MS) {
    const area = AREAS.find((candidate) => candidate.key === key)
    return area ? { shortcut: { kind: 'go', to: area.to } } : {}
  }
  if (key === 'g') return { starts: true }
  if (key === '?') return { shortcut: { kind: 'sheet' } }
  if (key === 'r') return { shortcut: { kind: 'refresh' } }
  return {}
}

export type SheetRow = { keys: string[]; means: string }

/** The sheet of shortcuts; `modifier` is the key of commands on this machine. */
export function sheetOf(modifier: string): { title: string; rows: SheetRow[] }[] {
  return [
    {
      title: 'Everywhere',
      rows: [
        { keys: [modifier, 'K'], means: 'Search and commands' },
        { keys: ['/'], means: 'Search the list of this page' },
        { keys: ['r'], means: 'Refresh the figures' },
        { keys: ['?'], means: 'This sheet' },
        { keys: ['Esc'], means: 'Close a panel or dialog' },
      ],
    },
    { title: 'Go to', rows: AREAS.flatMap(({ key, label }) => (key ? [{ keys: ['g', key], means: label }] : [])) },
    {
      title: 'SQL',
      rows: [
        { keys: [modifier, 'Enter'], means: 'Run the statement, or what is selected' },
        { keys: ['Ctrl', 'Space'], means: 'Complete a name' },
      ],
    },
    {
      title: 'Recordings',
      rows: [
        { keys: ['Space'], means: 'Play or pause' },
        { keys: ['←', '→'], means: 'Back or on by 5 s; with Shift to the next marker' },
        { keys: ['+', '−'], means: 'Faster or slower' },
        { keys: ['n'], means: 'Next visit with the same friction' },
        { keys: ['f'], means: 'Full screen' },
      ],
    },
  ]
}
