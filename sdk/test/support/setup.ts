// What every browser has and jsdom lacks.

if (typeof CSS === 'undefined' || !CSS.escape) {
  const value = { escape: (name: string): string => name.replace(/[^\w-]/g, '\\$&') }
  Object.defineProperty(globalThis, 'CSS', { configurable: true, value })
}
