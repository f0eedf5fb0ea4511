import { defineConfig } from 'vitest/config'

export default defineConfig({
  define: { SDK_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'https://shop.example/start' } },
    setupFiles: ['test/support/setup.ts'],
    include: ['test/**/*.test.ts'],
    restoreMocks: true,
  },
})
