// The statement in the editor: begun from the address, the saved question or this device, and kept there while it is typed.
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { type Owner, readDraft, writeDraft } from './history'
import { type SavedQuestion, type SqlSearch, withStatement } from './model'

const TYPING_MS = 400

type Change = (next: (search: SqlSearch) => SqlSearch) => void

export function useStatement(owner: Owner, saved: SavedQuestion | undefined, search: SqlSearch, change: Change) {
  // An address without anything is where somebody left off.
  const isBlank = search.q === undefined && search.sql === undefined
  const draft = search.draft || isBlank ? readDraft(owner, search.q) : null
  const kept = search.sql ?? draft ?? saved?.statement ?? ''
  const [text, setText] = useState(kept)
  const known = useRef(kept)

  // Back and forward change the address, and with it the statement.
  useEffect(() => {
    if (kept === known.current) return
    known.current = kept
    setText(kept)
  }, [kept])

  function keep(next: string) {
    known.current = next
    const later = withStatement(search, next, saved?.statement)
    writeDraft(owner, search.q, later.draft || (search.q === undefined && next !== '') ? next : undefined)
    change((latest) => withStatement(latest, next, saved?.statement))
  }
  const keepLater = useDebouncedCallback(keep, TYPING_MS)

  return {
    text,
    type: (next: string) => {
      setText(next)
      keepLater(next)
    },
    /** Puts another statement in, and keeps it at once. */
    replace: (next: string) => {
      setText(next)
      keep(next)
    },
  }
}
