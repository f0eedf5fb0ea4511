// How a widget sits in its page.

export const KIND_LABELS: Record<string, string> = {
  inline: 'Inline on the page',
  floating: 'Floating button',
  page: 'Separate page',
}

export const KINDS = Object.entries(KIND_LABELS).map(([value, label]) => ({ value, label }))
