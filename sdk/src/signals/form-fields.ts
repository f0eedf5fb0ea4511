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

/** What stands for a field: the first of its radio group, which is one field, or itself. */
export const firstOf = (field: Field): Field =>
  (field.type === 'radio' &&
    field.name &&
    fieldsBeside(field).find(({ name, type }) => type === 'radio' && name === field.name)) ||
  field

export const positionOf = (field: Field): number => [...new Set(fieldsBeside(field).map(firstOf))].indexOf(field)

export const isFilled = (field: Field): boolean =>
  /^(radio|checkbox)$/.test(field.type)
    ? field.checked || fieldsBeside(field).some((other) => other.checked && firstOf(other) === field)
    : !!field.value
