// The visible label of an element, for people who read reports; never what a visitor typed.
import { safely } from './safe'

/** More than is sent: it is masked before it is cut. */
const TEXT_LENGTH = 256
/** Holds a visitor's words, or none at all. An `input` has no text either way. */
export const TYPED = 'textarea,select,script,style,[contenteditable]'
const MASKED = `${TYPED},[data-footfall-mask]`

/** Nothing when a field, or what `mask` selects, is near: better no label than somebody's letter. */
export const textOf = safely((element: Element, mask: string): string | undefined => {
  const masked = MASKED + (mask && `,${mask}`)
  return element.closest(masked) || element.querySelector(masked)
    ? undefined
    : (element.textContent || '').slice(0, 999).trim().replace(/\s+/g, ' ').slice(0, TEXT_LENGTH) || undefined
})
