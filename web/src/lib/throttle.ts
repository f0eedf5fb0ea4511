// Runs a function at most once an interval, and once more at the end of it when it was asked for in between.

export type ThrottledFunction = { (): void; cancel: () => void }

/** `last` is when it ran before, if it did. */
export function throttle(run: () => void, intervalMs: number, last = -Infinity): ThrottledFunction {
  let timer: ReturnType<typeof setTimeout> | undefined

  function fire() {
    timer = undefined
    last = Date.now()
    run()
  }

  const throttled = () => {
    if (timer !== undefined) return
    const wait = last + intervalMs - Date.now()
    if (wait <= 0) fire()
    else timer = setTimeout(fire, wait)
  }
  throttled.cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return throttled
}
