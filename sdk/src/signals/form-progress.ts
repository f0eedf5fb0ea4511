// form: how far a visitor gets in each form, and whether it is sent in the end.
import type { Context } from '../context'
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { pageUrl } from '../lib/page-url'
import { createTimer } from '../lib/timer'
import { isMarked } from '../settings'
import { type Field, isField } from './form-fields'
import { createVisit, type FormVisit } from './form-visit'

/** Filters and searches write into the query while they are filled in: that is no other route. */
const currentRoute = (): string => pageUrl().replace(/\?[^#]*/g, '')

/** Pages focus fields of their own accord: that counts from the visitor's first action on. */
const hasActed = (): boolean => !navigator.userActivation || navigator.userActivation.hasBeenActive

export const startFormProgress = (context: Context): Stop => {
  const { bus, settings } = context
  /** Of this route. */
  const visits = new Map<Element, FormVisit>()
  let route = currentRoute()
  const timer = createTimer()

  const report = (): void => {
    for (const visit of visits.values()) visit.report()
  }

  const renew = (): void => {
    if (route === (route = currentRoute())) return
    report()
    visits.clear()
  }

  /** Of a form, or of the form of a field; undefined elsewhere, and where the page or the project leaves it out. */
  const visitOf = (target: Element, isForm: boolean): FormVisit | undefined => {
    const form = isForm ? target : isField(target) && target.form
    if (!form || isMarked(target, 'ignore', settings) || isMarked(target, 'block', settings)) return undefined
    const visit = visits.get(form) || createVisit(form, context)
    visits.set(form, visit)
    return visit
  }

  return all(
    listen<FocusEvent>(document, 'focusin focusout click input change submit reset', (event) => {
      const { isTrusted, target, type } = event
      if (!isTrusted || (type === 'focusin' && !hasActed())) return
      renew()
      const visit = visitOf(target as Element, /^(submit|reset)$/.test(type))
      if (visit) visit.handle(event)
    }),
    bus.on('invalid', ({ field, isNew }) => {
      const visit = visitOf(field, false)
      if (visit) visit.refuse(field as Field, isNew)
    }),
    listen(document, 'visibilitychange', () => {
      for (const visit of visits.values()) visit.count()
    }),
    bus.on('reaction', ({ kind }) => {
      if (kind === 'navigation') timer(renew)
    }),
    bus.on('hide', () => {
      renew()
      report()
    }),
    timer,
  )
}
