// How a widget sits in its page.

export const KIND_LABELS: Record<string, string> = { inline: 'Inline, in the text', floating: 'Floating button', page: 'A page of its own' }

export const KINDS = Object.entries(KIND_LABELS).map(([value, label]) => ({ value, label }))
