// Stands in for the library's module: reports a value that changed, without rating it; the server does.

export const bindReporter = <M extends { value: number }>(onReport: (metric: M) => void, metric: M) => {
  let reported: number | undefined
  return (force?: boolean): void => {
    if (!force || metric.value < 0 || metric.value === reported) return
    reported = metric.value
    onReport(metric)
  }
}
