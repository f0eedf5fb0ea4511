// The fields of a form: which there are, which of them are one, and whether they hold something.

/** Selects and text areas have the members that are read here, too. */
export type Field = HTMLInputElement

const FIELDS = 'input,select,textarea'

export const isField = (node: unknown): node is Field =>
  node instanceof Element && node.matches(FIELDS) && !/^(hidden|submit|button|reset|image)$/.test((node as Field).type)

/** All of the same form. Not by `form.elements`, which a field of that name hides. */
const fieldsBeside = (field: Field): Field[] =>
  [...(field.getRootNode() as ParentNode).querySelectorAll<Field>(FIELDS)].filter(
    (other) => isField(other) && other.form === field.form,
  )

/** What is one field: a radio group by its name, anything else by itself. */
const keyOf = (field: Field): unknown => (field.type === 'radio' && field.name ? `radio ${field.name}` : field)

const groupOf = (field: Field): Field[] => fieldsBeside(field).filter((other) => keyOf(other) === keyOf(field))

/** The first of its radio group, which is one field, or itself. */
export const firstOf = (field: Field): Field => (field.type === 'radio' && groupOf(field)[0]) || field

export const positionOf = (field: Field): number => [...new Set(fieldsBeside(field).map(keyOf))].indexOf(keyOf(field))

export const isFilled = (field: Field): boolean => {
  if (field.type === 'radio') return field.checked || groupOf(field).some(({ checked }) => checked)
  return field.type === 'checkbox' ? field.checked : !!field.value
}
