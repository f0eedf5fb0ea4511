// Lets signals hear of each other's findings without importing each other.
import type { Stop } from './listen'
import { safely } from './safe'

export interface Bus<Topics> {
  on<K extends keyof Topics>(topic: K, handler: (message: Topics[K]) => void): Stop
  emit<K extends keyof Topics>(topic: K, message: Topics[K]): void
}

export const createBus = <Topics>(): Bus<Topics> => {
  const handlers = new Set<[keyof Topics, (message: never) => void]>()
  return {
    on(topic, handler) {
      const entry: [keyof Topics, (message: never) => void] = [topic, safely(handler)]
      handlers.add(entry)
      return () => void handlers.delete(entry)
    },
    emit(topic, message) {
      handlers.forEach(([name, call]) => {
        if (name === topic) call(message as never)
      })
    },
  }
}
