// Dispatches events that count as the visitor's own, which no script in a real page can do.

const implOf = (object: object): Record<string, unknown> => {
  const key = Object.getOwnPropertySymbols(object).find((symbol) => symbol.description === 'impl')
  return (object as Record<symbol, Record<string, unknown>>)[key as symbol] as Record<string, unknown>
}

export const dispatchTrusted = (target: EventTarget, event: Event): Event => {
  const impl = implOf(event)
  impl['isTrusted'] = true
  const targetImpl = implOf(target === window ? jsdomWindow() : target)
  ;(targetImpl['_dispatch'] as (event: unknown) => void)(impl)
  return event
}

/** The test's window is a copy; events happen at the one that jsdom made. */
const jsdomWindow = (): object => (globalThis as unknown as { jsdom: { window: object } }).jsdom.window

export interface ClickOptions extends MouseEventInit {
  /** The browser sends no press for a click by keyboard. */
  press?: boolean
}

export const click = (element: Element, options: ClickOptions = {}): MouseEvent => {
  const init = { bubbles: true, cancelable: true, composed: true, detail: 1, clientX: 10, clientY: 10, ...options }
  if (options.press !== false) dispatchTrusted(element, new PointerEvent('pointerdown', init))
  return dispatchTrusted(element, new MouseEvent('click', init)) as MouseEvent
}
