// The filters of one page only, which stand in the bar and its menu with those that all pages share.
import type { ReactNode } from 'react'
import type { Dimension } from '../../lib/filters'

export type PageFilter = { key: string; label: string } & (
  | { /** An example of a value. */ hint: string; onApply: (value: string) => void }
  | { /** Asks for more than one text; `onDone` closes the menu. */ form: (onDone: () => void) => ReactNode }
)

export type PageFilters = {
  /** Filters of all pages that narrow nothing on this one. */
  unused?: readonly Dimension[]
  /** Over them in the menu. */
  heading: string
  filters: PageFilter[]
  /** Those that are set. */
  chips: { key: string; name: string; value: string; onRemove: () => void }[]
  /** Those that are on or off, always in the bar. */
  toggles: { key: string; label: string; isOn: boolean; onToggle: (isOn: boolean) => void }[]
}
