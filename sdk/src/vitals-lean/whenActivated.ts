// Stands in for the library's module: nothing of ours starts before a prerendered page is shown.
export const whenActivated = (callback: () => void): void => callback()
