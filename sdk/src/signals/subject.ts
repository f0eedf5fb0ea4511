// Which kinds of elements a click can land on, as far as friction is concerned.
import type { Click } from '../context'
import { TYPED } from '../lib/text'

/** Elements that visitors expect to respond to a click. */
export const INTERACTIVE =
  'a[href],button,input,textarea,select,label,summary,[onclick],[role=button],[role=link],[role=tab],[role=checkbox],[role=radio],[role=switch],[role=option],[role^=menuitem]'

/** Fields that one fills in: they answer with a caret or with a picker of the browser's own. */
const FILLED = /^(?!button|submit|reset|image|checkbox)/

/** A label stands for its field. */
export const isField = ({ element, target }: Click): boolean => {
  const field = ((element as HTMLLabelElement).control || element) as HTMLInputElement
  return !!target.closest(TYPED) || field.matches(TYPED) || (field.localName === 'input' && FILLED.test(field.type))
}

export const isModified = ({ event }: Click): boolean =>
  event.ctrlKey || event.shiftKey || event.altKey || event.metaKey

/** Text, an image or empty space that shows no sign of being clickable. Class names are no sign. */
export const isPlain = ({ element }: Click): boolean =>
  !element.matches(INTERACTIVE) &&
  getComputedStyle(element).cursor !== 'pointer' &&
  // Regions, dialogs and lists have a name or a tabindex because of their contents.
  (!!element.children[0] ||
    !(
      (element as HTMLElement).onclick ||
      element.getAttribute('tabindex') === '0' ||
      /aria-(?!hidden|live)/.test(`${element.getAttributeNames()}`)
    ))
