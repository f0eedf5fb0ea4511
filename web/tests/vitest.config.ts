// Runs the browser tests: the built dashboard, served with the real CSP by a typed mock of the API, in Chromium.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  cacheDir: new URL('../node_modules/.vite-browser', import.meta.url).pathname,
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['**/*.test.ts'],
    environment: 'node',
    // Each file has a server and a browser of its own.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
