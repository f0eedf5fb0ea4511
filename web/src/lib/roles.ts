// Permissions of a project's roles: each includes the ones after it.

export const ROLES = ['owner', 'admin', 'analyst', 'viewer'] as const
export type RoleName = (typeof ROLES)[number]

export const ROLE_LABELS: Record<RoleName, string> = { owner: 'Owner', admin: 'Admin', analyst: 'Analyst', viewer: 'Viewer' }

export const ROLE_HELP: Record<RoleName, string> = {
  owner: 'Everything, and decides who else is an owner.',
  admin: 'Keys, members, settings and personal data.',
  analyst: 'Asks every question, sees usage, and exports.',
  viewer: 'Looks at dashboards.',
}

/** Whether a role includes what `needed` may do; somebody without a role may do nothing. */
export function includesRole(role: RoleName | undefined, needed: RoleName): boolean {
  return role !== undefined && ROLES.indexOf(role) <= ROLES.indexOf(needed)
}
