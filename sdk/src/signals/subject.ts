// Which kinds of elements a click can land on, as far as friction is concerned.
import type { Click } from '../context'
import { TYPED } from '../lib/text'

/** What visitors expect to answer a click. */
export const INTERACTIVE =
  'a[href],button,input,select,textarea,label,summary,[onclick],[role=button],[role=link],[role=tab],[role=checkbox],[role=switch],[role=option],[role^=menuitem]'

/** Fields that one fills in: they answer with a caret or with a picker of the browser's own. */
const FILLED = /^(?!button|submit|reset|image|checkbox)/

export const isField = ({ element, target }: Click): boolean =>
  !!target.closest(TYPED) || (element.localName === 'input' && FILLED.test((element as HTMLInputElement).type))

export const isModified = ({ event }: Click): boolean =>
  event.ctrlKey || event.shiftKey || event.altKey || event.metaKey
