// Recorded events, made harmless and bounded before the replay sees them: rebuilt field by field, so that nothing unknown passes.
import { type Attribute, sanitizeAttribute, sanitizeStyles } from './attributes'
import { type Bound, bounded, idOf, MAX_EVENTS, MAX_HOURS, MAX_VIEWPORT } from './bounds'
import { REMOVED_RULE, sanitizeCss } from './css'
import { isCustomName, type SafeNode, Tree } from './tree'

/** The kinds of events and of increments as rrweb numbers them. */
export const FULL_SNAPSHOT = 2
export const INCREMENT = 3
export const META = 4
export const MUTATION = 0
export const INPUT = 5

export type SafeEvent = { type: number; timestamp: number; data: Record<string, unknown> }
type Raw = Record<string, unknown>

const asRaw = (value: unknown): Raw | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : undefined
const rows = (value: unknown): Raw[] =>
  Array.isArray(value) ? value.map(asRaw).filter((row) => row !== undefined) : []
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export class Sanitizer {
  private readonly tree = new Tree()
  private readonly over = new Set<Bound>()
  private events = 0
  private first: number | undefined
  private last = 0
  private hasPage = false

  /** The bounds that were reached. */
  get bounds(): Bound[] {
    return [...this.over, ...this.tree.bounds]
  }

  /** The events of a part; parts come in their order. */
  take(raw: unknown): SafeEvent[] {
    return rows(raw).flatMap((event) => this.event(event) ?? [])
  }

  private event(raw: Raw): SafeEvent | undefined {
    // Others are not replayed, and what is wrong with their times concerns nobody.
    if (raw.type !== META && raw.type !== FULL_SNAPSHOT && raw.type !== INCREMENT) return undefined
    if (typeof raw.timestamp !== 'number' || !Number.isFinite(raw.timestamp) || raw.timestamp < 0) return undefined
    this.first ??= raw.timestamp
    if (raw.timestamp > this.first + MAX_HOURS * 3_600_000) return this.beyond('hours')
    if (this.events >= MAX_EVENTS) return this.beyond('events')
    const data = this.data(raw)
    if (!data) return undefined
    this.events++
    // What was rebuilt in this order is replayed in this order.
    this.last = Math.max(this.last, this.first, raw.timestamp)
    return { type: raw.type as number, timestamp: this.last, data }
  }

  private beyond(bound: Bound): undefined {
    this.over.add(bound)
    return undefined
  }

  private data(raw: Raw): Raw | undefined {
    const data = asRaw(raw.data)
    if (!data) return undefined
    if (raw.type === META) return { href: '', ...this.size(data) }
    if (raw.type === FULL_SNAPSHOT) {
      this.tree.begin()
      const node = this.tree.document(data.node)
      this.hasPage = node !== undefined
      const offset = asRaw(data.initialOffset)
      return node && { node, initialOffset: { left: bounded(offset?.left), top: bounded(offset?.top) } }
    }
    // Without a page there is nothing to change: a part before this one is missing.
    return raw.type === INCREMENT && this.hasPage ? this.increment(data) : undefined
  }

  private size(data: Raw): { width: number; height: number } {
    const [width, height] = [bounded(data.width, 1, 1e12, 1_024), bounded(data.height, 1, 1e12, 768)]
    if (width > MAX_VIEWPORT || height > MAX_VIEWPORT) this.over.add('viewport')
    return { width: Math.round(Math.min(width, MAX_VIEWPORT)), height: Math.round(Math.min(height, MAX_VIEWPORT)) }
  }

  private increment(data: Raw): Raw | undefined {
    const id = idOf(data.id)
    const known = id === undefined ? undefined : this.tree.get(id)
    const position = { x: bounded(data.x), y: bounded(data.y) }
    switch (data.source) {
      case MUTATION:
        return this.mutation(data)
      case 1: // The mouse, a finger or something dragged has moved.
      case 6:
      case 12: {
        const positions = rows(data.positions)
          .slice(0, 10_000)
          .map((at) => ({
            x: bounded(at.x),
            y: bounded(at.y),
            id: idOf(at.id) ?? -1,
            timeOffset: bounded(at.timeOffset, -10_000, 0),
          }))
        return positions.length === 0 ? undefined : { source: data.source, positions }
      }
      case 2: // Clicks and what comes with them.
        return known &&
          typeof data.type === 'number' &&
          Number.isInteger(data.type) &&
          data.type >= 0 &&
          data.type <= 10
          ? { source: 2, type: data.type, id, ...position }
          : undefined
      case 3:
        return known && { source: 3, id, ...position }
      case 4:
        return { source: 4, ...this.size(data) }
      case INPUT:
        return known && { source: INPUT, id, text: text(data.text), isChecked: data.isChecked === true }
      case 8:
      case 13:
      case 15:
        return this.sheet(data, Number(data.source), known ? id : undefined)
      case 16: {
        const name = text(asRaw(data.define)?.name)
        return isCustomName(name) ? { source: 16, define: { name } } : undefined
      }
      // Media, canvases, fonts, logs and selections are not replayed.
      default:
        return undefined
    }
  }

  private mutation(data: Raw): Raw {
    const removes = rows(data.removes).flatMap(({ id: rawId, parentId: rawParent, isShadow }) => {
      const [id, parentId] = [idOf(rawId), idOf(rawParent)]
      if (id === undefined || parentId === undefined || this.tree.get(id)?.parent !== parentId) return []
      this.tree.remove(id)
      return [{ id, parentId, ...(isShadow === true ? { isShadow } : {}) }]
    })
    const adds = this.adds(rows(data.adds))
    const texts = rows(data.texts).flatMap(({ id: rawId, value }) => {
      const id = idOf(rawId)
      if (id === undefined || !this.tree.get(id)?.tag.startsWith('#')) return []
      return [{ id, value: this.tree.isTextOfStyle(id) ? `${sanitizeCss(text(value))}/**/` : text(value) }]
    })
    const attributes = rows(data.attributes).flatMap(
      ({ id, attributes: changed }) => this.attributes(idOf(id), asRaw(changed)) ?? [],
    )
    return {
      source: MUTATION,
      removes,
      adds,
      texts,
      attributes,
      ...(data.isAttachIframe === true ? { isAttachIframe: true } : {}),
    }
  }

  /** Parents come before their children, and those whose parent never comes are left out. */
  private adds(raw: Raw[]): { parentId: number; nextId: number | null; node: SafeNode }[] {
    const waiting = new Map<number, Raw[]>()
    const ids = new Set(raw.map(({ node }) => asRaw(node)?.id))
    const done: { parentId: number; nextId: number | null; node: SafeNode }[] = []
    const queue = [...raw].reverse()
    for (let add = queue.pop(); add; add = queue.pop()) {
      const parentId = idOf(add.parentId)
      if (parentId === undefined) continue
      if (!this.tree.get(parentId)) {
        const others = waiting.get(parentId)
        if (others) others.push(add)
        else if (ids.has(parentId)) waiting.set(parentId, [add])
        continue
      }
      const node =
        this.tree.get(parentId)?.tag === 'iframe'
          ? this.tree.document(add.node, parentId)
          : this.tree.add(add.node, parentId)
      if (!node) continue
      const nextId = idOf(add.nextId)
      done.push({
        parentId,
        nextId: nextId !== undefined && (this.tree.get(nextId) || ids.has(nextId)) ? nextId : null,
        node,
      })
      for (const child of waiting.get(node.id)?.reverse() ?? []) queue.push(child)
      waiting.delete(node.id)
    }
    // One after which nothing comes would be waited for in vain.
    return done.map((add) => (add.nextId === null || this.tree.get(add.nextId) ? add : { ...add, nextId: null }))
  }

  private attributes(id: number | undefined, changed: Raw | undefined): { id: number; attributes: Raw } | undefined {
    const known = id === undefined ? undefined : this.tree.get(id)
    if (id === undefined || !known || known.tag.startsWith('#') || !changed) return undefined
    const kept: Record<string, Attribute | object> = {}
    for (const name of Object.keys(changed)) {
      const value = changed[name]
      if (name === 'style' && typeof value === 'object' && value !== null) {
        kept.style = sanitizeStyles(value)
        continue
      }
      if (known.isSvg && (name === 'id' || (known.tag === 'use' && this.tree.isPartOfNamed(known.parent)))) continue
      const safe = sanitizeAttribute(known.tag, known.isSvg, name, value, changed)
      // rrweb sets texts alone.
      if (safe !== undefined) kept[name] = safe === null ? null : String(safe === true ? '' : safe)
    }
    return Object.keys(kept).length === 0 ? undefined : { id, attributes: kept }
  }

  /** Rules that scripts of the page put in, took out or replaced. */
  private sheet(data: Raw, source: number, id: number | undefined): Raw | undefined {
    const styleId = idOf(data.styleId)
    if (id === undefined && styleId === undefined) return undefined
    const of = { ...(id === undefined ? {} : { id }), ...(styleId === undefined ? {} : { styleId }) }
    const ruled = (value: unknown) =>
      rows(value).flatMap(({ rule, index }) =>
        typeof rule === 'string' ? [{ rule: sanitizeCss(rule) || REMOVED_RULE, ...indexOf(index) }] : [],
      )
    if (source === 8) {
      const whole = Object.fromEntries(
        ['replace', 'replaceSync'].flatMap((name) =>
          typeof data[name] === 'string' ? [[name, sanitizeCss(data[name])]] : [],
        ),
      )
      const removes = rows(data.removes).flatMap(({ index }) => ('index' in indexOf(index) ? [indexOf(index)] : []))
      return { source, ...of, adds: ruled(data.adds), removes, ...whole }
    }
    if (source === 13) {
      const [put, taken] = [asRaw(data.set), asRaw(data.remove)]
      const property = (value: unknown) => /^-{0,2}[a-z][\w-]*$/i.exec(text(value))?.[0]
      const [set, remove] = [property(put?.property), property(taken?.property)]
      const place = Array.isArray(data.index) ? indexOf(data.index) : {}
      if (place.index === undefined || (set === undefined && remove === undefined)) return undefined
      return {
        source,
        ...of,
        ...place,
        ...(set
          ? {
              set: {
                property: set,
                value: put?.value === null ? null : sanitizeCss(text(put?.value)),
                priority: put?.priority === 'important' ? 'important' : '',
              },
            }
          : {}),
        ...(remove ? { remove: { property: remove } } : {}),
      }
    }
    const styles = rows(data.styles).flatMap(({ styleId: own, rules }) =>
      idOf(own) === undefined ? [] : [{ styleId: own, rules: ruled(rules) }],
    )
    const styleIds = Array.isArray(data.styleIds)
      ? (data.styleIds as unknown[]).slice(0, 1_000).filter((own) => idOf(own) !== undefined)
      : []
    return id === undefined ? undefined : { source, id, styles, styleIds }
  }
}

/** Where a rule stands: a number, or a way through nested rules. */
function indexOf(index: unknown): { index?: number | number[] } {
  const isIndex = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1_000_000
  if (isIndex(index)) return { index }
  return Array.isArray(index) && index.length > 0 && index.length < 50 && index.every(isIndex) ? { index } : {}
}
