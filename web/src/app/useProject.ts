// The signed-in member and the project an address names.
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../api/session'

export function useProject(projectId: string) {
  const { data: me } = useQuery(meQuery)
  return { me, project: me?.projects.find((project) => project.id === projectId) }
}
