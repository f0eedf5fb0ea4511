// Writes a comment; behind an @ members are suggested, chosen by arrow keys and Enter or by the pointer.
import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useMembers } from '../../../api/members'
import classes from './Comments.module.css'
import { mentionedIn, suggested, typedName, withName } from './mentions'

const MAX_CHARACTERS = 4_000

type Props = {
  projectId: string
  isPending: boolean
  onSend: (text: string, mentions: string[], done: () => void) => void
}

export function CommentInput({ projectId, isPending, onSend }: Props) {
  const { members } = useMembers(projectId)
  const [text, setText] = useState('')
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(0)
  const [isHidden, setHidden] = useState(false)
  const input = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const typed = isHidden ? null : typedName(text, caret)
  const options = typed === null ? [] : suggested(members, typed)
  const chosen = Math.min(active, options.length - 1)

  function choose(name: string) {
    const next = withName(text, caret, name)
    setText(next.text)
    setCaret(next.caret)
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(next.caret, next.caret)
    })
  }

  function send() {
    const written = text.trim()
    if (written && !isPending) onSend(written, mentionedIn(written, members), () => setText(''))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return event.preventDefault(), send()
    if (options.length === 0) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setActive((chosen + step + options.length) % options.length)
    }
    const option = options[chosen]
    if ((event.key === 'Enter' || event.key === 'Tab') && option) {
      event.preventDefault()
      choose(option.name)
    }
    if (event.key === 'Escape') {
      // The panel around it stays open.
      event.preventDefault()
      setHidden(true)
    }
  }

  return (
    <div className={classes.write}>
      <Textarea
        ref={input}
        aria-label="New comment"
        placeholder="Comment; @ mentions a member"
        autosize
        minRows={1}
        maxRows={8}
        maxLength={MAX_CHARACTERS}
        value={text}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={options.length > 0}
        aria-controls={options.length > 0 ? listId : undefined}
        aria-activedescendant={options.length > 0 ? `${listId}-${chosen}` : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setCaret(event.currentTarget.selectionStart)
          setActive(0)
          setHidden(false)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onBlur={() => setHidden(true)}
        onFocus={() => setHidden(false)}
        onKeyDown={onKeyDown}
      />
      {options.length > 0 && (
        <ul id={listId} role="listbox" aria-label="Members" className={classes.options}>
          {options.map(({ id, name }, index) => (
            // The field keeps the focus.
            <li
              key={id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === chosen}
              onPointerDown={(event) => (event.preventDefault(), choose(name))}
            >
              {name}
            </li>
          ))}
        </ul>
      )}
      {text.trim() !== '' && (
        <Button size="compact-sm" loading={isPending} onClick={send}>
          Comment
        </Button>
      )}
    </div>
  )
}
