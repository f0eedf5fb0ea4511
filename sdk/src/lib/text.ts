// The visible label of an element, for people who read reports; never what a visitor typed.

const TEXT_LENGTH = 64
/** Holds a visitor's words, or none at all. An `input` has no text either way. */
export const TYPED = 'textarea,select,script,style,[contenteditable]'

/** Nothing when a field is near: better no label than somebody's letter. */
export const textOf = (element: Element): string | undefined =>
  element.closest(TYPED) || element.querySelector(TYPED)
    ? undefined
    : (element.textContent || '').slice(0, 999).trim().replace(/\s+/g, ' ').slice(0, TEXT_LENGTH) || undefined
