// Parameters of a statement: the names behind its dollars, their types, and what is sent for what was typed; pure.
import type { components } from '../../api/schema.gen'
import { civil, dayText, instantOf } from '../../lib/zone'

type Schemas = components['schemas']
export type ParameterType = Schemas['ParameterType']
export type SavedParameter = Schemas['SavedQuestionParameter']

export const PARAMETER_TYPES = ['text', 'number', 'timestamp', 'boolean'] as const satisfies readonly ParameterType[]
export const PARAMETER_LABELS: Record<ParameterType, string> = {
  text: 'Text',
  number: 'Number',
  timestamp: 'Date and time',
  boolean: 'Yes or no',
}

/** What was typed for parameters, by name, as "type:text"; instants are RFC 3339. */
export type TypedValues = Record<string, string>

export type ParameterField = { name: string; type: ParameterType; text: string }

/** Texts, quoted names, comments and texts between dollars, where a dollar begins no parameter; and the parameters. */
const TOKENS =
  /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|\$([A-Za-z_]\w{0,39})(?!\w)/g

/** The names of a statement's parameters, in the order they appear. */
export function parametersOf(statement: string): string[] {
  const names = [...statement.matchAll(TOKENS)].map((match) => match[2]).filter((name) => name !== undefined)
  return [...new Set(names)]
}

/** A field for each parameter: what was typed, else what the question was saved with. */
export function fieldsOf(statement: string, saved: readonly SavedParameter[], typed: TypedValues): ParameterField[] {
  return parametersOf(statement).map((name) => {
    const own = readField(typed[name])
    const known = saved.find((parameter) => parameter.name === name)
    const type = own?.type ?? known?.type ?? 'text'
    return { name, type, text: own?.text ?? (known?.type === type ? defaultText(known) : '') }
  })
}

function readField(value: string | undefined): Omit<ParameterField, 'name'> | undefined {
  const [, type, text] = /^(\w+):([\s\S]*)$/.exec(value ?? '') ?? []
  const known = PARAMETER_TYPES.find((candidate) => candidate === type)
  return known && text !== undefined ? { type: known, text } : undefined
}

function defaultText({ default: value }: SavedParameter): string {
  return value === undefined || value === null ? '' : String(value)
}

/** What is remembered of a field in the address. */
export function fieldText({ type, text }: Pick<ParameterField, 'type' | 'text'>): string {
  return `${type}:${text}`
}

/** What is sent for a field: null where it has no value, which the server answers by its name. */
export function valueOf({ type, text }: Pick<ParameterField, 'type' | 'text'>): string | number | boolean | null {
  if (type === 'text') return text
  if (text.trim() === '') return null
  if (type === 'boolean') return text === 'true'
  if (type === 'timestamp') return text
  // What is no number is sent as it is: the server says what is wrong with it.
  return Number.isFinite(Number(text)) ? Number(text) : text
}

type Sent = {
  parameters: Record<string, string | number | boolean | null>
  parameter_types: Record<string, ParameterType>
}

/** The parameters of a request; nothing where there are none. */
export function sentOf(fields: readonly ParameterField[]): Partial<Sent> {
  if (fields.length === 0) return {}
  return {
    parameters: Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])),
    parameter_types: Object.fromEntries(fields.map(({ name, type }) => [name, type])),
  }
}

/** What a question is saved with: what its fields have now becomes the default. */
export function savedOf(fields: readonly ParameterField[]): SavedParameter[] {
  return fields.map((field) => {
    const value = valueOf(field)
    return { name: field.name, type: field.type, ...(value === null || value === '' ? {} : { default: value }) }
  })
}

/** An instant as a field for date and time has it, by the project's clock; nothing for what is no instant. */
export function localText(iso: string): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return ''
  const { hour, minute } = civil(at)
  return `${dayText(at)}T${two(hour)}:${two(minute)}`
}

/** The instant of such a field; nothing where it is not filled in. */
export function utcText(local: string): string {
  const [day = '', time = ''] = local.split('T')
  const at = instantOf(day, time)
  return at === null ? '' : new Date(at).toISOString().replace('.000Z', 'Z')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
