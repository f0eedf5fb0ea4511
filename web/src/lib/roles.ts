// Permissions of a project's roles: each includes the ones after it.

export const ROLES = ['owner', 'admin', 'analyst', 'viewer'] as const
export type RoleName = (typeof ROLES)[number]

export const ROLE_LABELS: Record<RoleName, string> = {
  owner: 'Owner',
  admin: 'Admin',
  analyst: 'Analyst',
  viewer: 'Viewer',
}

export const ROLE_HELP: Record<RoleName, string> = {
  owner: 'Full access. Can also manage owners.',
  admin: 'Manages keys, members, settings and personal data.',
  analyst: 'Views all data, contacts and usage, and exports them.',
  viewer: 'Views dashboards.',
}

/** Whether a role includes what `needed` may do; somebody without a role may do nothing. */
export function includesRole(role: RoleName | undefined, needed: RoleName): boolean {
  return role !== undefined && ROLES.indexOf(role) <= ROLES.indexOf(needed)
}
