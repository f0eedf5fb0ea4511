// The forms page's state in the URL; pure, and loaded with every page.
import { type AnalysisSearch, parseAnalysis } from '../../lib/analysis'
import type { Dimension } from '../../lib/filters'

/** A form is no element that met friction. */
export const UNUSED = ['selector', 'error_group', 'friction_kind'] as const satisfies readonly Dimension[]

const OWN = ['on', 'form', 'open'] as const

export type FormsSearch = AnalysisSearch & {
  /** The page and the name of the opened form. */
  on?: string
  form?: string
  /** The field whose abandonments are listed. */
  open?: string
}

/** Keeps what is meaningful of untrusted search parameters; names are kept to the letter, since they choose exactly. */
export function parseFormsSearch(search: Record<string, unknown>): FormsSearch {
  const parsed: FormsSearch = parseAnalysis(search)
  for (const name of OWN) {
    const value = search[name]
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') parsed[name] = String(value)
  }
  return parsed
}

/** The form that the URL names, else the first. */
export function openedOf<Form extends { path: string; form: string }>(
  forms: readonly Form[],
  { on, form }: FormsSearch,
): Form | undefined {
  return forms.find((known) => known.path === on && known.form === form) ?? forms[0]
}

/** The field that the URL names, where the form has it. */
export function openFieldOf<Field extends { field: string }>(
  { fields }: { fields: readonly Field[] },
  { open }: FormsSearch,
): Field | undefined {
  return fields.find(({ field }) => field === open)
}
