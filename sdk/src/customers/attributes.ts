// Events declared in the page's markup, without a script of the site's own:
//
//     <button data-footfall-track="booking.started" data-footfall-data='{"vehicle_id": 7}'>
//     <form data-footfall-track="form.submitted">   on submit; other elements report on click
//     <main data-footfall-view="villa.viewed">      when the page is viewed
import { safely } from '../lib/safe'
import type { CustomerEventName, Data } from './events'

export interface MarkupEvent {
  name: CustomerEventName
  data: Data
}

/** Data that is no JSON object is left out; the event is still sent. */
const dataOf = ({ dataset }: HTMLElement): Data => {
  const data: unknown = safely(() => JSON.parse(dataset['footfallData'] || '{}'))()
  return data && typeof data === 'object' && !Array.isArray(data) ? (data as Data) : {}
}

/** The mark of the nearest marked element around a click; a marked form counts when it is submitted. */
export const eventOfClick = (target: Element): MarkupEvent | undefined => {
  const element = target.closest<HTMLElement>('[data-footfall-track]:not(form)')
  return element ? { name: element.dataset['footfallTrack'] as CustomerEventName, data: dataOf(element) } : undefined
}

/** The event of a submitted form: its mark, or with `always` the submission itself. Never the values in it. */
export const eventOfForm = (form: HTMLFormElement, always: boolean): MarkupEvent | undefined => {
  const name = form.dataset['footfallTrack'] || (always && 'form.submitted')
  if (!name) return undefined
  // `form.name` may be a field that is called so.
  const form_name = form.getAttribute('name') || form.id
  return { name: name as CustomerEventName, data: { ...(form_name && { form_name }), ...dataOf(form) } }
}

export const eventsOfPage = (): MarkupEvent[] =>
  Array.from(document.querySelectorAll<HTMLElement>('[data-footfall-view]'), (element) => ({
    name: element.dataset['footfallView'] as CustomerEventName,
    data: dataOf(element),
  }))
