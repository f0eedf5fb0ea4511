// Which kinds of elements a click can land on, as far as friction is concerned.
import type { Click } from '../context'
import { TYPED } from '../lib/text'

/** Elements that visitors expect to respond to a click. */
export const INTERACTIVE =
  'a[href],button,input,select,textarea,label,summary,[onclick],[role=button],[role=link],[role=tab],[role=checkbox],[role=switch],[role=option],[role^=menuitem]'

/** Fields that one fills in: they answer with a caret or with a picker of the browser's own. */
const FILLED = /^(?!button|submit|reset|image|checkbox)/

/** A label stands for its field. */
export const isField = ({ element, target }: Click): boolean => {
  const field = ((element as HTMLLabelElement).control || element) as HTMLInputElement
  return !!target.closest(TYPED) || field.matches(TYPED) || (field.localName === 'input' && FILLED.test(field.type))
}

export const isModified = ({ event }: Click): boolean =>
  event.ctrlKey || event.shiftKey || event.altKey || event.metaKey

/** Empty space: nothing to read, to see or to press, and nothing that looks pressable. */
export const isBlank = ({ element }: Click): boolean =>
  !element.closest(`${INTERACTIVE},img,svg`) &&
  getComputedStyle(element).cursor !== 'pointer' &&
  ![...element.childNodes].some((node) => node instanceof Text && node.data.trim())
