// Runs a function at most once an interval, and once more at the end of it when it was asked for in between.

export type ThrottledFunction = { (): void; cancel: () => void }

export function throttle(run: () => void, intervalMs: number, now: () => number = Date.now): ThrottledFunction {
  let last = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  function fire() {
    timer = undefined
    last = now()
    run()
  }

  const throttled = () => {
    if (timer !== undefined) return
    const wait = last + intervalMs - now()
    if (wait <= 0) fire()
    else timer = setTimeout(fire, wait)
  }
  throttled.cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return throttled
}
