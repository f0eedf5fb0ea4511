// Notices answers that cause neither a mutation nor an event: a script changes a field, mutes a video,
// or draws on a canvas.
//
// Setters and drawing methods of the browser are replaced, so every call of the page passes through here. Calls keep their
// results and exceptions, and our own failures stay inside. A canvas that is drawn continuously costs one map lookup per call.
import type { Context, ReactionKind } from '../context'
import { all } from '../lib/all'
import { later } from '../lib/later'
import type { Stop } from '../lib/listen'
import { safely } from '../lib/safe'
import { createTimer } from '../lib/timer'

const TYPES =
  'HTMLInputElement HTMLTextAreaElement HTMLSelectElement HTMLMediaElement CanvasRenderingContext2D WebGLRenderingContext WebGL2RenderingContext'
const NAMES = /^(value$|checked|muted|selectedIndex|clearRect|fill(?!S)|stroke(?!S)|draw[AEIR]|putImageData)/

/** A canvas is at rest after this time without drawing. */
const REST_MS = 250
/** Three seconds: a canvas that is drawn longer without a rest is an animation, not an answer. */
const MAX_WINDOWS = 12

// biome-ignore lint/suspicious/noExplicitAny: a method or a setter of the browser
type Native = (this: any, ...args: any[]) => unknown

export const startSilent = ({ bus, isIgnored }: Context): Stop => {
  /** Set until the end of the task: several changes in one task are one answer. */
  let changed: ReactionKind | undefined
  /** Canvases drawn in this window of time and in the one before, with the number of such windows in a row. */
  let drawn = new Map<unknown, number>()
  let before = drawn
  const timer = createTimer()
  const stops: Stop[] = [timer]

  const notice = safely((element: Element, kind: ReactionKind): void => {
    if (changed || !element.isConnected || isIgnored(element)) return
    changed = kind
    queueMicrotask(
      safely(() => {
        changed = undefined
        bus.emit('reaction', { kind })
      }),
    )
  })

  const look = (): void => {
    before = drawn
    drawn = new Map()
    if (before.size) timer(look, REST_MS)
  }

  const onDraw = safely((context: { canvas: Element }) => {
    const windows = (before.get(context) || 0) + 1
    drawn.set(context, windows)
    timer(look, REST_MS)
    if (windows <= MAX_WINDOWS) notice(context.canvas, 'mutation')
  })

  const watch = safely((prototype: object, name: string): void => {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor
    const { get, value } = descriptor as { get: Native; value?: Native }
    const part = value ? 'value' : 'set'
    const read = safely((field: Element) => get.call(field))
    const wrapper = function (this: Element, ...args: unknown[]): unknown {
      const isCompared = !value && !changed && this.isConnected
      const held = isCompared && read(this)
      if (value && !drawn.has(this)) onDraw(this as never)
      const result = (descriptor[part] as Native).apply(this, args)
      if (isCompared && read(this) !== held) notice(this, /checked|muted/.test(name) ? 'toggle' : 'mutation')
      return result
    }
    Object.defineProperty(prototype, name, { [part]: wrapper })
    stops.push(
      safely(() => {
        // Another script may have replaced ours since.
        if ((Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor)[part] === wrapper)
          Object.defineProperty(prototype, name, descriptor)
      }),
    )
  })

  // Each in its own task: browsers create an interface and its methods on first access, which takes milliseconds.
  for (const type of TYPES.split(' ')) {
    stops.push(
      later(() => {
        const { prototype } = (window as never)[type] as { prototype: object }
        for (const name of Object.getOwnPropertyNames(prototype)) if (NAMES.test(name)) watch(prototype, name)
      }),
    )
  }
  return () => all(...stops)()
}
