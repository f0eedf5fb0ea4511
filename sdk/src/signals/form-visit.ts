// One visitor's progress in one form. What is typed is never sent, nor how long it is.
import type { Context } from '../context'
import type { FormField } from '../event'
import { pageUrl } from '../lib/page-url'
import { isMarked } from '../settings'
import { type Field, firstOf, isFilled, positionOf } from './form-fields'

const MAX_FIELDS = 50

interface Progress {
  /** Of a radio group the first. */
  field: Field
  /** Its part of the event. */
  sent: FormField
  /** The visitor left it filled: a change corrects it. */
  isLeft: boolean
}

export interface FormVisit {
  /** Takes a trusted event of the form, or of one of its fields. */
  handle(event: FocusEvent): void
  /** A field refuses what it holds. */
  refuse(field: Field, isNew: boolean): void
  /** Counts the time until now: the page is shown or hidden. */
  count(): void
  /** Sends a revision if there is anything new, and counts no more time until something happens. */
  report(): void
}

/** It is reported once a field is reached; errors may come before that. */
export const createVisit = (form: Element, { capture, selectorOf, settings, uuid }: Context): FormVisit => {
  const form_id = uuid()
  const element_selector = selectorOf(form)
  const isMasked = isMarked(form, 'mask', settings)
  const known: Progress[] = []
  /** In their order. */
  const reached: Progress[] = []
  let last_field = ''
  let page_url = ''
  let timestamp = 0
  let duration_ms = 0
  let submits = 0
  let isSubmitted = false
  let revision = 0
  let reported = ''
  let focused: Progress | undefined
  let countedAt = 0
  let isVisible = false

  /** By attributes, since fields called "name" or "id" hide the form's own. */
  const [name = element_selector] = ['name', 'id', isMasked ? '' : 'aria-label'].flatMap(
    (attribute) => form.getAttribute(attribute) || [],
  )

  /** Counts the time of the field that has the focus, and from now on that of `next`. The clock may be set back. */
  const count = (next: Progress | undefined): void => {
    const now = Date.now()
    // A field that is removed loses the focus without an event.
    if (focused && isVisible && focused.field.isConnected) focused.sent.time_ms += Math.max(0, now - countedAt)
    countedAt = now
    isVisible = document.visibilityState === 'visible'
    focused = next
  }

  const find = (target: Field): Progress => {
    const field = firstOf(target)
    const name = field.name || field.id
    // Frameworks put new elements in the place of old ones.
    let progress = known.find((one) => one.field === field || (!one.field.isConnected && one.sent.field === name))
    if (!progress) {
      const sent: FormField = {
        field: name || selectorOf(field),
        kind: field.localName === 'input' ? field.type : field.localName,
        position: 0,
        time_ms: 0,
        corrections: 0,
        errors: 0,
        filled: false,
      }
      known.push((progress = { field, sent, isLeft: false }))
    }
    progress.field = field
    return progress
  }

  const touch = (): void => {
    if (!reached[0]) {
      timestamp = Date.now()
      page_url = pageUrl()
    }
    duration_ms = Math.max(0, Date.now() - timestamp)
  }

  const reach = (progress: Progress): void => {
    touch()
    last_field = progress.sent.field
    if (reached.includes(progress)) return
    reached.push(progress)
    progress.sent.position = positionOf(progress.field)
  }

  const submit = (): void => {
    touch()
    count(focused)
    submits++
    isSubmitted = true
  }

  /** Not when another window has the focus for a while, or another button of the group. */
  const leave = (target: Field, next: Field | null): void => {
    const left = focused
    count(undefined)
    if (left && document.activeElement !== target && !(next && firstOf(next) === left.field))
      left.isLeft = isFilled(left.field)
  }

  const edit = (progress: Progress, isDone: boolean): void => {
    isSubmitted = false
    if (progress.isLeft) progress.sent.corrections++
    // Filled in by the browser, or ticked where that gives no focus: left at once.
    progress.isLeft = isDone && focused !== progress && isFilled(progress.field)
  }

  return {
    handle(event) {
      const { type, relatedTarget } = event
      const target = event.target as Field
      if (type === 'submit') submit()
      else if (type === 'reset') for (const progress of known) progress.isLeft = false
      else if (type === 'focusout') leave(target, relatedTarget as Field | null)
      else {
        const progress = find(target)
        reach(progress)
        if (type === 'focusin' || document.activeElement === target) count(progress)
        if (type === 'input' || type === 'change') edit(progress, type === 'change')
      }
    },

    refuse(field, isNew) {
      isSubmitted = false
      if (isNew) find(field).sent.errors++
    },

    count: () => count(focused),

    report() {
      count(focused)
      // A page that goes away is hidden twice.
      isVisible = false
      const state = {
        form: name,
        // An error that was there before may stay, without another event.
        outcome: isSubmitted && !form.querySelector('[aria-invalid=true]') ? 'submitted' : 'abandoned',
        submits,
        duration_ms,
        last_field,
        fields: reached.slice(0, MAX_FIELDS).map(({ field, sent }) => ({ ...sent, filled: isFilled(field) })),
      } as const
      if (!reached[0] || reported === (reported = JSON.stringify(state))) return
      const metadata = { form_id, revision: ++revision, ...state }
      capture({ type: 'form', timestamp, page_url, element_selector, metadata })
    },
  }
}
