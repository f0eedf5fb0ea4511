// Stands in for the library's module: a restored page continues its page view, and so its measurements.
export const getBFCacheRestoreTime = (): number => -1
export const onBFCacheRestore = (): void => {}
