// The names of keys on this machine.

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')
}

/** The key that commands are pressed with. */
export function modifierKey(): string {
  return isApple() ? '⌘' : 'Ctrl'
}
