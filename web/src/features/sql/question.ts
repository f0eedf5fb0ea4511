// A saved question against what stands in the editor: whether it differs, who may change it, and what is saved; pure.
import type { Role } from '../../api/types'
import { includesRole } from '../../lib/roles'
import type { NewSavedQuestion } from './api'
import type { ChartChoice } from './chart'
import type { ChartSettings, SavedQuestion } from './model'
import { type ParameterField, type SavedParameter, savedOf } from './parameters'

/** What stands in the editor. */
export type Edited = { statement: string; fields: readonly ParameterField[]; chart: ChartChoice | undefined }

/** Whether saving would change the question. */
export function hasChanged(saved: SavedQuestion | undefined, edited: Edited): boolean {
  if (!saved) return edited.statement.trim() !== ''
  if (saved.statement !== edited.statement) return true
  const now = savedOf(edited.fields)
  const before = saved.parameters.filter(({ name }) => now.some((parameter) => parameter.name === name))
  return (
    comparable(now) !== comparable(before) ||
    JSON.stringify(savedChart(edited.chart)) !== JSON.stringify(savedChart(saved.chart ?? undefined))
  )
}

/** Parameters in the same order, those that the statement does not name left out. */
function comparable(parameters: readonly SavedParameter[]): string {
  const sorted = [...parameters].sort((a, b) => a.name.localeCompare(b.name))
  return JSON.stringify(sorted.map(({ name, type, default: value }) => [name, type, value ?? null]))
}

/** An author changes their own question, an admin what is shared; as the server has it. */
export function mayChange(
  { author, visibility }: Pick<SavedQuestion, 'author' | 'visibility'>,
  memberId: string,
  role: Role | undefined,
): boolean {
  return author.id === memberId || (visibility === 'project' && includesRole(role, 'admin'))
}

/** The chart as it is saved: none while its columns are not chosen. */
export function savedChart(chart: ChartChoice | undefined): ChartSettings | undefined {
  if (!chart?.x || !chart.y || chart.y.length === 0) return undefined
  return { shape: chart.shape, x: chart.x, y: chart.y, ...(chart.series ? { series: chart.series } : {}) }
}

/** All of a saved question, as it is sent to replace it. */
export function questionOf(saved: SavedQuestion): NewSavedQuestion {
  const { name, description, visibility, statement, parameters, chart, schedule } = saved
  return { name, description, visibility, statement, parameters, chart: chart ?? null, schedule: schedule ?? null }
}
