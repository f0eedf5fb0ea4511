// The colours of charts in both schemes; colour-blind readers can distinguish the tones, also by shape.

export type Scheme = 'light' | 'dark'
export type Tone = 'accent' | 'bad'

export type Palette = {
  tone: Record<Tone, string>
  previous: string
  axis: string
  grid: string
  /** At most six series, then "other". */
  categories: readonly string[]
}

export const PALETTES: Record<Scheme, Palette> = {
  light: {
    tone: { accent: '#4355d4', bad: '#d6494f' },
    previous: '#9a9ca8',
    axis: '#5f626d',
    grid: '#ebebef',
    categories: ['#4355d4', '#e08a1e', '#1f9d83', '#c2478f', '#4aa3df', '#8a8d2a', '#8b8e99'],
  },
  dark: {
    tone: { accent: '#8391f0', bad: '#e8696e' },
    previous: '#7b7e8a',
    axis: '#9b9eaa',
    grid: '#26272c',
    categories: ['#8391f0', '#eba04a', '#3dbb9f', '#dd72b0', '#6bb9ec', '#b3b64f', '#8b8e99'],
  },
}
