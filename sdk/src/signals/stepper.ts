// Recognises controls made for quick repeated clicks: plus, minus, next, previous.
import type { Click } from '../context'

const STEP = /^([-+−–<>‹›«»←→]|\W*(next|prev(ious)?)\b.{0,9}|(in|de)crease\b.*)$/i

/** Buttons that show a picture only are named by whoever styled them. */
const STEP_NAME = /(^|[\s_-])(next|prev|plus|minus|incr|decr|arrow)/i

export const isStepper = ({ element, subject }: Click): boolean =>
  STEP.test(`${subject.element_text}`) ||
  ['aria-label', 'title', 'value'].some((name) => STEP.test(`${element.getAttribute(name)}`)) ||
  STEP_NAME.test(`${element.id} ${element.getAttribute('class')}`)
