// A page that a share link has opened: what its requests present, and what it shows. It stays open as long as the tab.
import type { components } from './schema.gen'
import type { Me } from './types'

export type OpenedShareLink = components['schemas']['OpenedShareLink']

const KEY = 'footfall.shared'
let opened = stored()

/** What a link has opened in this tab; null for members. */
export const sharedPage = () => opened

/** From now on this tab asks as anyone with the link, and never as a member. */
export function openShared(link: OpenedShareLink | null): void {
  opened = link
  try {
    if (link) sessionStorage.setItem(KEY, JSON.stringify(link))
    else sessionStorage.removeItem(KEY)
  } catch {
    // A frame that may store nothing opens the link again when it is loaded again.
  }
}

/** The address of what a link shows. */
export function sharedPath({ project, page, search }: OpenedShareLink): string {
  const board = new URLSearchParams(search).get('board')
  return `/p/${project.id}/${page === 'board' ? `boards/${board}` : page}`
}

/** The part of a link's access that its address has. */
export const tokenOf = ({ access }: OpenedShareLink) => access.split('.', 1)[0] ?? ''

/** Anyone with the link: nobody in particular, who sees one project. */
export const sharedMe = ({ project }: OpenedShareLink): Me => ({
  member: { id: '', email: '', name: '' },
  projects: [{ ...project, role: 'viewer' }],
  may_create_projects: false,
  is_server_owner: false,
})

function stored(): OpenedShareLink | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as OpenedShareLink | null
  } catch {
    return null
  }
}
