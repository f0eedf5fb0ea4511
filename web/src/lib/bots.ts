// Bots in words: what kind the rule that recognised one means, and what it is called; pure.

const KINDS: Record<string, readonly string[]> = {
  Crawler: ['bot', 'crawl', 'spider', 'slurp', 'scrapy', 'google-inspectiontool', 'archive.org'],
  'Automated browser': ['headlesschrome', 'phantomjs', 'selenium', 'puppeteer', 'playwright', 'lighthouse'],
  Monitor: ['pingdom', 'statuscake', 'site24x7', 'newrelicpinger', 'datadogsynthetics', 'checkly'],
  'Link preview': ['facebookexternalhit', 'whatsapp', 'bingpreview'],
  Assistant: ['chatgpt-user', 'perplexity-user'],
}

/** What stands in the user agent: "headlesschrome" of the rule "ua:headlesschrome". */
export function wordOf(rule: string): string {
  return rule.replace(/^ua:/, '')
}

/** Other rules recognise programs, which a project may count as bots. */
export function botKind(rule: string): string {
  return Object.entries(KINDS).find(([, words]) => words.includes(wordOf(rule)))?.[0] ?? 'Program'
}

/** Its name, else the word that gave it away. */
export function botName({ name, rule }: { name?: string | null; rule: string }): string {
  return name ?? wordOf(rule)
}
