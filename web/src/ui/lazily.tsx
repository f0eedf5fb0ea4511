// Parts whose code is loaded when they are first shown, such as dialogs: the first page does not wait for them.
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'

/** The component that `load` fetches; `placeholder` stands in its place meanwhile. */
export function lazily<P extends object>(
  load: () => Promise<ComponentType<P>>,
  placeholder?: (props: P) => ReactNode,
): ComponentType<P> {
  const Part = lazy(async () => ({ default: await load() }))
  return function Lazily(props: P) {
    return (
      <Suspense fallback={placeholder?.(props)}>
        <Part {...props} />
      </Suspense>
    )
  }
}
