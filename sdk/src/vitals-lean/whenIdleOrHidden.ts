// Stands in for the library's module: runs the callback in idle time, or as soon as the page is hidden.
export const whenIdleOrHidden = (callback: () => void): void => {
  if (document.visibilityState === 'hidden') {
    callback()
    return
  }
  const request = window.requestIdleCallback || setTimeout
  const cancel = window.cancelIdleCallback || clearTimeout
  const run = (): void => {
    removeEventListener('visibilitychange', run, true)
    cancel(handle as number)
    callback()
  }
  addEventListener('visibilitychange', run, true)
  // `setTimeout` reads the object as a delay of 0.
  const handle = request(run, { timeout: 1000 } as never)
}
