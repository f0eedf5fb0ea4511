// Keys as the page shows them: hidden keys, the snippet to install; pure.
import type { Project } from '../../api/types'

/** The key with all but its ends hidden. */
export function hiddenKey(key: string): string {
  return `${key.slice(0, 6)}${'•'.repeat(8)}${key.slice(-4)}`
}

export function installSnippet(origin: string, key: string): string {
  return `<script async src="${origin}/friction-tracker.js" data-api-key="${key}"></script>`
}

/** Changing keys takes an admin. */
export function canChangeKeys(project: Pick<Project, 'role'> | undefined): boolean {
  return project?.role === 'owner' || project?.role === 'admin'
}
