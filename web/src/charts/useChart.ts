// An ECharts instance in an element, as large as that.
import { useEffect, useRef } from 'react'
import { init } from './echarts'

export type Chart = ReturnType<typeof init>

export function useChart() {
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<Chart | null>(null)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const created = init(element)
    chart.current = created
    const observer = new ResizeObserver(() => created.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      created.dispose()
      chart.current = null
    }
  }, [])
  return { host, chart }
}
