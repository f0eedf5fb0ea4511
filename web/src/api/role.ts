// Permissions by role: each role includes the ones below it.
import { type QueryClient, useQuery } from '@tanstack/react-query'
import { meQuery } from './session'
import type { Me, Role } from './types'

const RANKS: Role[] = ['viewer', 'analyst', 'admin', 'owner']

/** Nobody is anything before it is known who is signed in. */
export function isAtLeast(role: Role | undefined, least: Role): boolean {
  return role !== undefined && RANKS.indexOf(role) >= RANKS.indexOf(least)
}

export function useRole(projectId: string): Role | undefined {
  return roleOf(useQuery(meQuery).data, projectId)
}

/** The same outside of components, from what is already known. */
export function knownRole(client: QueryClient, projectId: string): Role | undefined {
  return roleOf(client.getQueryData(meQuery.queryKey), projectId)
}

function roleOf(me: Me | undefined, projectId: string): Role | undefined {
  return me?.projects.find(({ id }) => id === projectId)?.role
}
