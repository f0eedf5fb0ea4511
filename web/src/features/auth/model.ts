// Rules for passwords, their strength, and where a sign-in may redirect; pure.

export const MIN_PASSWORD = 12

export type Strength = { level: 0 | 1 | 2 | 3; hint: string }

/** A hint, not a judgement: length counts most, monotony and the obvious count against. */
export function passwordStrength(password: string, known: string[] = []): Strength {
  const missing = MIN_PASSWORD - password.length
  if (missing > 0)
    return {
      level: 0,
      hint:
        password === ''
          ? `At least ${MIN_PASSWORD} characters.`
          : `${missing} more ${missing === 1 ? 'character' : 'characters'} needed.`,
    }
  const lower = password.toLowerCase()
  const isObvious = /^(.)\1+$|^(.{1,4})\2+$|password|123456|qwerty/.test(lower)
  const isPersonal = known.some((word) => word.length >= 4 && lower.includes(word.toLowerCase()))
  if (isObvious || new Set(lower).size < 6) return { level: 1, hint: 'Easy to guess: use several unrelated words.' }
  if (isPersonal) return { level: 1, hint: 'Contains your name or e-mail address.' }
  return password.length >= 16 ? { level: 3, hint: 'Strong.' } : { level: 2, hint: 'Good. Longer is stronger.' }
}

/** A return address is followed only inside the dashboard. */
export function safeReturn(to: string | undefined): string {
  return to && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') && !to.startsWith('/setup') ? to : '/'
}

export type SetupSearch = { token?: string }
export type SignInSearch = { return_to?: string }

export function parseSetupSearch({ token }: Record<string, unknown>): SetupSearch {
  return typeof token === 'string' || typeof token === 'number' ? { token: String(token) } : {}
}

export function parseSignInSearch({ return_to }: Record<string, unknown>): SignInSearch {
  return typeof return_to === 'string' ? { return_to } : {}
}
