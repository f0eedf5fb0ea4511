// The measurements of a period, and those of the period before where they can be compared.
import { useQuery } from '@tanstack/react-query'
import type { AnalysisSearch } from '../../lib/analysis'
import { useMissingComparison } from '../../ui/comparison'
import { overviewQuery, vitalsBeforeQuery, vitalsQuery } from './api'

export function useVitals(projectId: string, search: AnalysisSearch) {
  const vitals = useQuery(vitalsQuery(projectId, search))
  const period = useQuery(overviewQuery(projectId, search)).data?.period
  const compared = useMissingComparison() === null ? period : undefined
  const earlier = useQuery(vitalsBeforeQuery(projectId, search, compared))
  return { vitals, before: compared && !earlier.isPlaceholderData ? earlier.data : undefined }
}
