// Builds the dashboard into dist/ with hashed assets, and proxies the API to a local server in development.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { themeCss } from './vite/theme-css'

const server = process.env.FOOTFALL_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), themeCss()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // For scripts/sizes.mjs, which removes it.
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // The replay is a page of its own, with a policy of its own.
    rolldownOptions: {
      input: ['index.html', 'replay.html'],
      output: {
        codeSplitting: {
          // What most pages share is one file: dozens of small ones compress badly, and each names the others by their hashes.
          groups: [{ name: 'start', test: /src\/(lib|ui|api|charts)\/|node_modules/, minShareCount: 45 }],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true },
      '/friction-tracker.js': server,
    },
  },
})
