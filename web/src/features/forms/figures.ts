// Figures of forms in words and as tables, and what they say; pure.
import type { components } from '../../api/schema.gen'
import { duration, percent } from '../../lib/format'
import type { ChartTable } from '../../ui/TableActions'

type Schemas = components['schemas']

export type FormList = Schemas['FormList']
export type FormFigures = Schemas['FormFigures']
export type FieldFigures = Schemas['FieldFigures']
export type FormAbandonmentList = Schemas['FormAbandonmentList']
export type FormAbandonment = Schemas['FormAbandonment']

/** Fewer starts carry no sentence, and no emphasis. */
const ENOUGH = 20
/** A share above it stands out. */
const REMARKABLE = 1 / 3

export const keyOf = ({ path, form }: Pick<FormFigures, 'path' | 'form'>): string => `${path}\n${form}`

/** Null where nothing was begun. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

export function shareText(part: number, whole: number): string {
  const share = shareOf(part, whole)
  return share === null ? '–' : percent(share)
}

/** Whether the share of those who reached a field stands out. */
export const isRemarkable = (part: number, reached: number): boolean => reached >= ENOUGH && part / reached > REMARKABLE

/** The field at which most starts were abandoned. */
export function worstOf({ fields }: Pick<FormFigures, 'fields'>): FieldFigures | undefined {
  return fields.reduce<FieldFigures | undefined>(
    (worst, field) => (field.abandoned > (worst?.abandoned ?? 0) ? field : worst),
    undefined,
  )
}

/** What the figures say, where they are enough to say it: the field, and two shares of those who reached it. */
export function findingOf(form: FormFigures): { field: string; abandoned: string; refused: string | null } | null {
  const worst = worstOf(form)
  if (form.starts < ENOUGH || !worst || worst.reached < ENOUGH) return null
  return {
    field: worst.field,
    abandoned: percent(worst.abandoned / worst.reached),
    refused: isRemarkable(worst.refused, worst.reached) ? percent(worst.refused / worst.reached) : null,
  }
}

export function formSheet(form: FormFigures): ChartTable {
  return {
    name: 'form-fields',
    header: [
      'path',
      'form',
      'field',
      'kind',
      'reached',
      'abandoned',
      'median_seconds',
      'corrected',
      'refused',
      'left_empty',
    ],
    rows: form.fields.map((field) => [
      form.path,
      form.form,
      field.field,
      field.kind,
      field.reached,
      field.abandoned,
      field.median_seconds ?? null,
      field.corrected,
      field.refused,
      field.left_empty,
    ]),
  }
}

export function secondsText(seconds: number | null | undefined): string {
  return seconds == null ? '–' : duration(seconds * 1_000)
}
