// What every signal is given, and the messages signals pass to each other.
import type { Config } from './config'
import type { Mode } from './consent'
import type { Fields, Subject, WireEvent } from './event'
import type { Bus } from './lib/bus'
import type { Busy } from './lib/safe'
import type { Settings } from './settings'

/** A trusted primary click, described once for all signals. */
export interface Click {
  /** The id of its heatmap event: what happens because of it refers to it. */
  id: string
  /** The wire fields of every event about this click. */
  subject: Required<Subject>
  /** The nearest interactive element, else what lies under the pointer. */
  element: Element
  /** What lies under the pointer, inside shadow roots too. */
  target: Element
  event: MouseEvent
  /** The page already answered between pressing and releasing the button, as menus do. */
  answered: boolean
}

/** A way in which a page answers its visitor. */
export type ReactionKind = 'mutation' | 'navigation' | 'open' | 'input' | 'toggle' | 'scroll' | 'selection' | 'focus'

export interface Reaction {
  kind: ReactionKind
  /** Where focus went. */
  target?: EventTarget | null
}

export interface Topics {
  /** The primary button or a finger went down. */
  press: Event
  click: Click
  reaction: Reaction
  /** It is on its way. */
  event: WireEvent
  /** The page is being hidden, and may never be seen again. */
  hide: undefined
}

export interface Context {
  /** What it answers changes while signals run: the project's settings come after the page. */
  settings: Settings
  bus: Bus<Topics>
  config: Config
  /** What the visitor allows; undefined until somebody has said something. */
  mode(): Mode | undefined
  /** The last event that went its way. */
  last(): WireEvent | undefined
  /** Address of the document as it was loaded. */
  entry: string
  busy: Busy
  /** Whether it lies in what page or project told us to overlook. */
  isIgnored(node: Node): boolean
  /** Queues an event. */
  capture(fields: Fields): void
}
