// Time zones to choose from, and the time there; pure.

/** The zones the browser knows, the server's default first; one that is set stays to be chosen. */
export function zoneChoices(
  current: string,
  known: readonly string[] = Intl.supportedValuesOf('timeZone'),
): { value: string; label: string }[] {
  return [...new Set(['UTC', current, ...known])].map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}

/** "Saturday 15:04, GMT+3"; nothing where the browser does not know the zone. */
export function timeThere(zone: string, now: number): string {
  try {
    const format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'shortOffset',
    })
    const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
    return `${parts.weekday} ${parts.hour}:${parts.minute}, ${(parts.timeZoneName ?? '').replace(/^GMT(\+0)?$/, 'UTC')}`
  } catch {
    return ''
  }
}
