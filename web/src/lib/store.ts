// A value in local storage that survives blocked storage.

/** What begins so is one member's in one project, and is removed when they sign out. */
const OF_MEMBER = 'footfall.member.'

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`footfall.${key}`, value)
  } catch {
    // Storage may be blocked; remembering is a convenience.
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`footfall.${key}`)
  } catch {
    return null
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(`footfall.${key}`)
  } catch {
    // Nothing was remembered.
  }
}

/** The key of what one member alone may find again, in one project. */
export function memberKey(memberId: string, projectId: string, name: string): string {
  return `member.${memberId}.${projectId}.${name}`
}

/** Forgets what members had remembered: the next person who signs in on this device finds nothing of it. */
export function forgetMembers(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(OF_MEMBER)) localStorage.removeItem(key)
  } catch {
    // Nothing was remembered.
  }
}

/** The key of how one member likes the dashboard, in every project: it says nothing about data, and outlives a sign-out. */
export function preferenceKey(memberId: string, name: string): string {
  return `preference.${memberId}.${name}`
}
