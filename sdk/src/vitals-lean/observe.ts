// Stands in for the library's module: always sorts, which changes nothing for entries of a single type.

export const observe = (
  types: string[],
  callback: (entries: PerformanceEntry[]) => void,
  options?: object,
): PerformanceObserver | undefined => {
  try {
    const supported = types.filter((type) => PerformanceObserver.supportedEntryTypes.includes(type))
    if (!supported[0]) return undefined
    const observer = new PerformanceObserver((list) =>
      queueMicrotask(() =>
        callback(list.getEntries().sort((a, b) => a.startTime + a.duration - b.startTime - b.duration)),
      ),
    )
    for (const type of supported) observer.observe({ type, buffered: true, ...options })
    return observer
  } catch {
    return undefined
  }
}
