// A versioned document that is edited as a whole: its draft, saving it, and what follows when somebody else saves it meanwhile.
import { type Dispatch, type SetStateAction, useState } from 'react'

export type Versioned<T> = { version: number; value: T }

type Source<T> = {
  saved: Versioned<T>
  /** Saves a change of the version it names. */
  save: (change: Versioned<T>) => Promise<Versioned<T>>
  /** The document as it is saved now. */
  reload: () => Promise<Versioned<T>>
  onSaved: () => void
}

export type VersionedDraft<T> = {
  /** The version the draft was made from. */
  version: number
  /** What is saved, as far as the draft knows. */
  saved: T
  draft: T
  error: Error | null
  isChanged: boolean
  isSaving: boolean
  /** Somebody else saved a newer version: the draft can be given up, or made a change of theirs. */
  isOutdated: boolean
  change: Dispatch<SetStateAction<T>>
  discard: () => void
  /** Whether it was saved. */
  submit: () => Promise<boolean>
  loadTheirs: () => Promise<void>
  keepMine: () => Promise<void>
}

export function useVersionedDraft<T>({ saved, save, reload, onSaved }: Source<T>): VersionedDraft<T> {
  const [base, setBase] = useState(saved)
  const [draft, setDraft] = useState(saved.value)
  const [error, setError] = useState<Error | null>(null)
  const [isSaving, setSaving] = useState(false)
  const isChanged = !isSameJson(draft, base.value)
  const isNewer = saved.version > base.version

  // What is read again replaces a document that is not being edited.
  if (isNewer && !isChanged && !isSaving) {
    setBase(saved)
    setDraft(saved.value)
  }

  async function submit() {
    setSaving(true)
    setError(null)
    try {
      const stored = await save({ version: base.version, value: draft })
      setBase(stored)
      // What was typed meanwhile stays.
      setDraft((current) => (current === draft ? stored.value : current))
      onSaved()
      return true
    } catch (failure) {
      setError(failure as Error)
      return false
    } finally {
      setSaving(false)
    }
  }

  async function rebase(next: (theirs: T) => T) {
    try {
      const theirs = await reload()
      setBase(theirs)
      setDraft(next(theirs.value))
      setError(null)
    } catch (failure) {
      setError(failure as Error)
    }
  }

  return {
    version: base.version,
    saved: base.value,
    draft,
    error,
    isChanged,
    isSaving,
    isOutdated: isChanged && !isSaving && (isNewer || (error as { status?: number } | null)?.status === 409),
    change: setDraft,
    discard: () => {
      setDraft(base.value)
      setError(null)
    },
    submit,
    loadTheirs: () => rebase((theirs) => theirs),
    keepMine: () => rebase(() => draft),
  }
}

/** Whether two values are the same JSON; the order of keys counts, which changes by spreading keep. */
export function isSameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
