// The context that every signal receives, and the messages signals send each other.
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
  /** The element under the pointer, inside shadow roots too. */
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
  target?: EventTarget | null | undefined
}

export interface Topics {
  /** The primary button or a finger went down. */
  press: Event
  click: Click
  reaction: Reaction
  /** It is on its way. */
  event: WireEvent
  /** A field refuses what it holds; `isNew`: for the first time since the last attempt to submit. */
  invalid: { field: Element; isNew: boolean }
  /** The page is being hidden, and may never be seen again. */
  hide: undefined
}

export interface Context {
  /** Its answer changes while signals run: the project's settings load after the page. */
  settings: Settings
  bus: Bus<Topics>
  config: Config
  /** The visitor's consent; undefined until the page or the visitor has set it. */
  mode(): Mode | undefined
  /** The last event that went its way. */
  last(): WireEvent | undefined
  /** Address of the document as it was loaded. */
  entry: string
  busy: Busy
  /** Whether it lies in an element that the page or the project excludes. */
  isIgnored(node: Node): boolean
  /** Shared with the second script, which would otherwise bring them once more. */
  uuid(): string
  selectorOf(element: Element): string
  /** Queues an event. */
  capture(fields: Fields): void
}
