// The pipeline as a board: contacts moved between columns, with the counts and deal values of both; pure.
import type { Contact, PipelineStage } from '../../../api/types'

/** The part of a page of contacts that moving one changes. */
type Page = { contacts: Contact[] }
export type Pages<P extends Page = Page> = { pages: P[]; pageParams: unknown[] }

/** The status beside another one; none beyond the first and last. */
export function statusBeside(statuses: readonly string[], status: string, step: -1 | 1): string | undefined {
  const at = statuses.indexOf(status)
  return at < 0 ? undefined : statuses[at + step]
}

export function without<P extends Page>(data: Pages<P> | undefined, id: string): Pages<P> | undefined {
  return (
    data && {
      ...data,
      pages: data.pages.map((page) => ({ ...page, contacts: page.contacts.filter((contact) => contact.id !== id) })),
    }
  )
}

/** With the contact where its latest activity puts it, as the server does; last where it belongs to a page that is not read. */
export function withContact<P extends Page>(data: Pages<P> | undefined, contact: Contact): Pages<P> | undefined {
  if (!data) return data
  const clean = without(data, contact.id) ?? data
  const isBefore = (other: Contact) =>
    activityOf(contact) > activityOf(other) || (activityOf(contact) === activityOf(other) && contact.id < other.id)
  const found = clean.pages.findIndex((page) => page.contacts.some(isBefore))
  const target = found < 0 ? clean.pages.length - 1 : found
  const pages = clean.pages.map((page, index) => {
    if (index !== target) return page
    const at = page.contacts.findIndex(isBefore)
    const place = at < 0 ? page.contacts.length : at
    return { ...page, contacts: [...page.contacts.slice(0, place), contact, ...page.contacts.slice(place)] }
  })
  return { ...clean, pages }
}

function activityOf(contact: Contact): number {
  return Date.parse(contact.last_activity ?? contact.created_at)
}

/** Counts and deal values once the contact has another status; a status of nobody keeps its column. */
export function movedStages(stages: PipelineStage[], contact: Contact, to: string): PipelineStage[] {
  if (contact.lead_status === to) return stages
  const known = stages.some((stage) => stage.lead_status === to)
    ? stages
    : [...stages, { lead_status: to, contacts: 0, deal_value: [] }]
  return known.map((stage) => {
    if (stage.lead_status === contact.lead_status) return added(stage, contact, -1)
    return stage.lead_status === to ? added(stage, contact, 1) : stage
  })
}

function added(stage: PipelineStage, { estimated_deal_value: deal }: Contact, sign: 1 | -1): PipelineStage {
  const contacts = Math.max(0, stage.contacts + sign)
  if (!deal) return { ...stage, contacts }
  const known = stage.deal_value.find(({ currency }) => currency === deal.currency)
  const minor = (known?.minor ?? 0) + sign * deal.minor
  const digits = deal.amount.split('.')[1]?.length ?? 0
  const amount = (minor / 10 ** digits).toFixed(digits)
  const others = stage.deal_value.filter(({ currency }) => currency !== deal.currency)
  return {
    ...stage,
    contacts,
    deal_value: minor === 0 ? others : [...others, { ...deal, minor, amount, text: `${deal.currency} ${amount}` }],
  }
}
