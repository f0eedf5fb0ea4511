// Stands in for the library's module, without prerendering and restored pages: nothing of ours starts before a prerendered
// page is shown, and a restored page continues its page view.
import { getActivationStart } from './getActivationStart.js'

let firstHiddenTime = -1
const onHiddenFunctions = new Set<() => void>()

export const getVisibilityWatcher = () => {
  if (firstHiddenTime < 0) {
    const isHidden = (): boolean => document.visibilityState === 'hidden'
    const activationStart = getActivationStart()
    const hidden = performance
      .getEntriesByType('visibility-state')
      .find(({ name, startTime }) => name === 'hidden' && startTime >= activationStart)
    firstHiddenTime = hidden ? hidden.startTime : isHidden() ? 0 : Infinity
    addEventListener(
      'visibilitychange',
      ({ timeStamp }) => {
        if (!isHidden()) return
        for (const onHidden of onHiddenFunctions) onHidden()
        firstHiddenTime = Math.min(firstHiddenTime, timeStamp)
      },
      true,
    )
  }
  return {
    get firstHiddenTime() {
      return firstHiddenTime
    },
    onHidden: (callback: () => void) => onHiddenFunctions.add(callback),
  }
}
