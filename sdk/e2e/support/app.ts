// Pages of a site that uses the npm package, bundled as the site would.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export const bundle = async (source: string): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    format: 'iife',
    write: false,
    define: { SDK_VERSION: '"e2e"', 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles[0]?.text ?? ''
}

/** `window.app` holds a client, a widget and what makes them. */
export const bundleSite = (origin: string, widgetId: string): Promise<string> =>
  bundle(`
    import { createFootfall, widget } from './src/npm'
    const options = { apiKey: 'fk_e2e', endpoint: '${origin}' }
    const footfall = createFootfall(options)
    footfall.trackSessions()
    window.app = { footfall, createFootfall, call: widget('${widgetId}', options) }`)

/** A strict React application: `window.app.show(user)` renders it, with a call while there is a user. */
export const bundleReact = (origin: string, widgetId: string): Promise<string> =>
  bundle(`
    import { createElement, StrictMode, useEffect } from 'react'
    import { createRoot } from 'react-dom/client'
    import { createFootfall } from './src/npm'
    import { FootfallProvider, SessionTracker, useBehaviorTracking, useWidget } from './src/react'
    const footfall = createFootfall({ apiKey: 'fk_e2e', endpoint: '${origin}' })
    const Call = () => {
      const calls = useWidget('${widgetId}')
      const { trackContactClick } = useBehaviorTracking()
      const onClick = () => {
        trackContactClick('phone', 'p-1')
        calls.callStart()
      }
      return createElement('button', { id: 'call', onClick }, 'Call')
    }
    const App = ({ user }) => createElement(
      StrictMode, null,
      createElement(FootfallProvider, { footfall },
        createElement(SessionTracker, { user }), user && createElement(Call)))
    const root = createRoot(document.getElementById('root'))
    window.app = { footfall, show: (user) => root.render(createElement(App, { user })) }`)

export const pageOf = (script: string, body: string): string =>
  `<!doctype html><html><head><title>Shop</title></head><body>${body}<script>${script}</script></body></html>`
