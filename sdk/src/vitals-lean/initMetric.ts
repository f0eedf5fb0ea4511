// Stands in for the library's module: a metric is its value here, without ids and navigation details.

export const initMetric = (_name: string, value = -1): { value: number; entries: unknown[] } => ({ value, entries: [] })
