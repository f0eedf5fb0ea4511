// Storage for tests: one browser's disk, without a browser.
import { createStorage, type Storage } from '../../src/lib/storage'

export const emptyStorage = (): Storage => {
  localStorage.clear()
  return createStorage(() => localStorage)
}

export const brokenStorage = (): Storage =>
  createStorage(() => {
    throw new DOMException('denied', 'SecurityError')
  })
