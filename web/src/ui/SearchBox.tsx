// A search that asks while one types, but not for every letter; the slash key leads to it.
import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { isTyping } from '../lib/typing'
import classes from './SearchBox.module.css'

const TYPING_MS = 250

type Props = { label: string; placeholder: string; value: string; onChange: (value: string) => void }

export function SearchBox({ label, placeholder, value, onChange }: Props) {
  const [text, setText] = useState(value)
  const lastValue = useRef(value)
  const input = useRef<HTMLInputElement>(null)

  function say(next: string) {
    if (next === lastValue.current) return
    lastValue.current = next
    onChange(next)
  }
  const notifyLater = useDebouncedCallback(say, TYPING_MS)

  // Back and forward change the address, and with it what is searched for.
  useEffect(() => {
    if (value === lastValue.current) return
    lastValue.current = value
    setText(value)
  }, [value])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event)) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  function change(next: string) {
    setText(next)
    notifyLater(next.trim())
  }

  return (
    <TextInput
      ref={input}
      className={classes.search}
      size="xs"
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} />}
      rightSection={
        text !== '' && (
          <CloseButton
            size="xs"
            aria-label="Clear search"
            onClick={() => (setText(''), say(''), input.current?.focus())}
          />
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') say(text.trim())
      }}
    />
  )
}
