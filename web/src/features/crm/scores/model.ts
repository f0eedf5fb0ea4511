// The page of lead scores: its state in the URL; pure.

export const TABS = [
  { value: 'scores', label: 'Scores' },
  { value: 'weights', label: 'Weights' },
] as const

export type Tab = (typeof TABS)[number]['value']
export type ScoresSearch = { tab?: Exclude<Tab, 'scores'>; open?: string }

export function parseScoresSearch({ tab, open }: Record<string, unknown>): ScoresSearch {
  const id = typeof open === 'number' ? String(open) : open
  return { ...(tab === 'weights' ? { tab } : {}), ...(typeof id === 'string' && id !== '' ? { open: id } : {}) }
}
