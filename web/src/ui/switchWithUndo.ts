// Switches something on or off, says so, and offers to switch it back.
import { toastDone, toastFailed, toastUndo } from './toast'

type Switch = {
  name: string
  isActive: boolean
  /** What follows while it is on and off, as the end of a sentence: "pages with it send events". */
  effect: { on: string; off: string }
  /** Stores the position; rejects when it stays as it was. */
  set: (isActive: boolean) => Promise<unknown>
}

export async function switchWithUndo({ name, isActive, effect, set }: Switch): Promise<void> {
  try {
    await set(isActive)
  } catch (error) {
    return toastFailed(`${name} was not switched ${isActive ? 'on' : 'off'}`, error as Error)
  }
  toastUndo(
    `${name} is ${isActive ? `on: ${effect.on}` : `off: ${effect.off}`}.`,
    () => void switchBack(name, !isActive, set),
  )
}

async function switchBack(name: string, isActive: boolean, set: Switch['set']): Promise<void> {
  try {
    await set(isActive)
    toastDone(`${name} is ${isActive ? 'on' : 'off'} again`)
  } catch (error) {
    toastFailed(`${name} was not switched ${isActive ? 'on' : 'off'}`, error as Error)
  }
}
