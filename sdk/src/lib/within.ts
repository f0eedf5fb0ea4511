// Asks where a node lies.
import { safely } from './safe'

/** False where nothing is selected, and where nobody can read the selector. */
export const isWithin = (node: Node, selector: string): boolean => {
  const element = node instanceof Element ? node : node.parentElement
  return !!selector && !!safely(() => (element as Element).closest(selector))()
}
