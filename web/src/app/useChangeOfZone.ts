// Asks for everything about a project again when its time zone was changed: periods are whole days and hours of it.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { everythingOf } from '../api/keys'

/** After the pages were drawn with it: what they ask for then is meant by its clock. */
export function useChangeOfZone(projectId: string, zone: string | undefined): void {
  const client = useQueryClient()
  const last = useRef({ projectId, zone })
  useEffect(() => {
    const before = last.current
    last.current = { projectId, zone }
    const isChanged =
      before.projectId === projectId && before.zone !== undefined && zone !== undefined && before.zone !== zone
    if (isChanged) void client.invalidateQueries({ queryKey: everythingOf(projectId) })
  }, [client, projectId, zone])
}
