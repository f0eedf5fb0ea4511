// Entry of `friction-tracker.js`: starts one client, configured by our own script tag.
import { type Client, createClient, type DeferredParts } from './client'
import { readConfig } from './config'
import { VERSION } from './envelope'
import { listen } from './lib/listen'
import { safely } from './lib/safe'

declare const SDK_MORE: string

declare global {
  interface Window {
    footfall?: Client & { version: string }
  }
}

const script = document.currentScript || document.querySelector('script[data-api-key]')

const start = safely((): void => {
  const config = readConfig(script as HTMLScriptElement)
  // The version, too: an element with our name as its id is a property of the window as well.
  if (!config || (window.footfall && window.footfall.version)) return
  window.footfall = {
    version: VERSION,
    // `import` carries the nonce of our own script and needs no Trusted Types policy, as a second tag would.
    ...createClient(config, () => import(`${config.endpoint}/${SDK_MORE}`) as Promise<DeferredParts>),
  }
})

// A prerendered page may never be seen: it is a visit when it is shown.
if ((document as { prerendering?: boolean }).prerendering) listen(document, 'prerenderingchange', start)
else start()
