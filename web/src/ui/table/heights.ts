// The heights of lines that were seen, while the dashboard is open, so that a list is where one left it.
import type { VirtualItem } from '@tanstack/react-virtual'

const TABLES = 8

const remembered = new Map<string, VirtualItem[]>()

export const heightsOf = (table: string): VirtualItem[] => remembered.get(table) ?? []

export function rememberHeights(table: string, heights: VirtualItem[]): void {
  remembered.delete(table)
  remembered.set(table, heights)
  const [oldest] = remembered.keys()
  if (remembered.size > TABLES && oldest !== undefined) remembered.delete(oldest)
}
