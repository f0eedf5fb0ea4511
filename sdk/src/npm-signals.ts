// Entry of the package's signals: what the script does, for pages that import it.
import { type Client, createClient } from './client'
import { readConfig } from './config'
import { isPage } from './core/in-page'
import type { Options } from './core/options'
import { safely } from './lib/safe'

export type { Client }

export interface SignalOptions extends Pick<Options, 'apiKey' | 'endpoint'> {
  /** The other attributes of the script's tag, without `data-`: `{ 'dead-after': 5000 }`. */
  attributes?: Record<string, string | number | boolean>
}

/** Undefined where nothing starts: when a server renders the page, and beside the script itself. */
export const startSignals: (options: SignalOptions) => Client | undefined = safely((options) => {
  if (!isPage() || (window as { footfall?: { version?: string } }).footfall?.version) return undefined
  // Read as the tag would be, so that settings mean the same in both.
  const tag = document.createElement('script')
  const { apiKey, endpoint, attributes } = options
  const all = { 'api-key': apiKey, endpoint, ...attributes }
  for (const [name, value] of Object.entries(all)) tag.setAttribute(`data-${name}`, `${value}`)
  const config = readConfig(tag)
  return config && createClient(config, () => import('./more'))
})
