// Keys as the page shows them: hidden keys, domains as typed, the snippet to install; pure.
import type { Project } from '../../api/types'

/** The key with all but its ends hidden. */
export function hiddenKey(key: string): string {
  return `${key.slice(0, 6)}${'•'.repeat(8)}${key.slice(-4)}`
}

/** Domains from text separated by spaces, commas or lines: without scheme, path or repetition. */
export function parseDomains(text: string): string[] {
  const domains = text
    .split(/[\s,;]+/)
    .map((part) => part.trim().toLowerCase().replace(/^[a-z]+:\/\//, '').replace(/\/.*$/, ''))
    .filter((part) => part !== '')
  return [...new Set(domains)]
}

export function installSnippet(origin: string, key: string): string {
  return `<script async src="${origin}/friction-tracker.js" data-api-key="${key}"></script>`
}

/** Changing keys takes an admin. */
export function canChangeKeys(project: Pick<Project, 'role'> | undefined): boolean {
  return project?.role === 'owner' || project?.role === 'admin'
}
