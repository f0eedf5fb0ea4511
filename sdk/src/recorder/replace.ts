// Stands in for a method whose arguments and result matter; `lib/wrap.ts` only notices that one is called.
//
// A Proxy, since pages look at what they call: its name, its members (`fetch.polyfill`, the `calls` of a test's spy)
// and its source ("[native code]") stay those of the original.
import type { Stop } from '../lib/listen'
import { safely } from '../lib/safe'

type Callee = (...args: unknown[]) => unknown

/** `around` answers in place of the method; `call` is the call as the page made it. */
export const replace = (
  // biome-ignore lint/suspicious/noExplicitAny: a method of any object
  owner: any,
  name: string,
  around: (call: () => unknown, args: unknown[], self: unknown) => unknown,
): Stop => {
  const original = owner[name] as Callee
  if (typeof original !== 'function') return () => {}
  let isActive = true
  const replacement = new Proxy(original, {
    apply(_, self, args) {
      const call = (): unknown => Reflect.apply(original, self, args)
      return isActive ? around(call, args, self) : call()
    },
  })
  // A frozen owner refuses: then its calls go unnoticed.
  safely(() => {
    owner[name] = replacement
  })()
  return safely(() => {
    // Whoever replaced it after us calls ours still, and takes it for the original: then it stays, and does nothing.
    isActive = false
    if (owner[name] === replacement) owner[name] = original
  })
}
