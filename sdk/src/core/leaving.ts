// Tells a page that makes room for another one of its site from one with which the site is left.
//
// Browsers say neither at page hide. What leads from page to page announces itself just before, though: the
// Navigation API tells of all that pages do, clicks and forms of most of it, and keys of most reloads, which
// browsers keep to themselves. What is left are the address bar and the reload button.
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'

/** An announcement that led nowhere, such as a download, is void after this. */
const ANNOUNCED_MS = 30_000

interface NavigateEvent extends Event {
  destination: { url: string; sameDocument: boolean }
  downloadRequest?: string | null
}

/** Calls `onHide` when the page goes away, with whether the site goes with it. */
export const watchLeaving = (onHide: (isSiteLeft: boolean) => void): Stop => {
  let announced: Event | undefined
  let announcedAt = 0

  const announce = (event: Event, address: string): void => {
    announced = new URL(address, location.href).origin === location.origin ? event : undefined
    announcedAt = Date.now()
  }

  /** Asked at the end: what a router took over was prevented after we heard of it. */
  const isAnnounced = (): boolean =>
    !!announced && !announced.defaultPrevented && Date.now() - announcedAt < ANNOUNCED_MS

  const { navigation } = window as { navigation?: EventTarget }
  const announcements = navigation
    ? [
        listen<NavigateEvent>(navigation, 'navigate', (event) => {
          const { destination, downloadRequest } = event
          if (!destination.sameDocument && downloadRequest == null) announce(event, destination.url)
        }),
        // It ended within the page: routers do that.
        listen(navigation, 'navigatesuccess navigateerror', () => {
          announced = undefined
        }),
      ]
    : [
        listen<MouseEvent>(document, 'click', (event) => {
          const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]')
          const isHere = link && /^(_self)?$/.test(link.target) && !link.hasAttribute('download')
          if (isHere && !event.ctrlKey && !event.metaKey && !event.shiftKey) announce(event, link.href)
        }),
        listen(document, 'submit', (event) => announce(event, (event.target as HTMLFormElement).action)),
      ]

  return all(
    ...announcements,
    listen<KeyboardEvent>(window, 'keydown', (event) => {
      const { key, ctrlKey, metaKey } = event
      if (key === 'F5' || ((ctrlKey || metaKey) && /^r$/i.test(key))) announce(event, location.href)
    }),
    listen(window, 'pagehide', () => {
      onHide(!isAnnounced())
      announced = undefined
    }),
  )
}
