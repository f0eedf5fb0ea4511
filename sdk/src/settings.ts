// Settings of a project or a page: which signals run, when they fire, what they ignore.
//
// Whoever uses a setting names it with its default. Nothing is known of others, so a setting is one line of
// code; and what has another type than its default counts as not set.
import { isWithin } from './lib/within'

export interface Settings {
  get<T extends boolean | number | string>(name: string, otherwise: T): T
  /** Takes over what the project has set. The page, which wrote `own` into its tag, has the last word. */
  use(remote: object): void
}

export type AttributeValues = Record<string, unknown>

export const createSettings = (own: AttributeValues): Settings => {
  let options = own
  return {
    get(name, otherwise) {
      const value = options[name] as typeof otherwise
      return typeof value === typeof otherwise && !((value as number) < 0) ? value : otherwise
    },
    use(remote) {
      options = { ...remote, ...own }
    },
  }
}

/** Whether it lies in an element with this mark, which pages set as an attribute and projects as a selector. */
export const isMarked = (node: Node, mark: 'block' | 'ignore' | 'mask', settings: Settings): boolean =>
  isWithin(node, `[data-footfall-${mark}]`) || isWithin(node, settings.get(mark, ''))

/** Whether it lies in an element that the page or the project excludes. Written out: it is asked often, and first. */
export const isIgnored = (node: Node, settings: Settings): boolean =>
  isWithin(node, '[data-footfall-ignore]') || isWithin(node, settings.get('ignore', ''))
