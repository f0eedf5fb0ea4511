// Stands in for the library's module: browsers that do not count interactions report their slowest one,
// which is the same until there have been fifty.
export const initInteractionCountPolyfill = (): void => {}
export const getInteractionCount = (): number => (performance as { interactionCount?: number }).interactionCount || 0
