// A value in local storage that survives blocked storage.

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
