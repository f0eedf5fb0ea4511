// The role of the signed-in member in a project.
import { useQuery } from '@tanstack/react-query'
import { includesRole, type RoleName } from '../lib/roles'
import { meQuery } from './session'

export function useRole(projectId: string) {
  const { data: me } = useQuery(meQuery)
  const role = me?.projects.find((project) => project.id === projectId)?.role
  return { me, role, may: (needed: RoleName) => includesRole(role, needed) }
}
