// A text with suggestions that counts when it is chosen, confirmed with Enter, or left.
import { Autocomplete } from '@mantine/core'
import { useState } from 'react'

export type Option = { value: string; note?: string | undefined }

type Props = {
  label: string
  placeholder: string
  value: string
  options: readonly Option[]
  error?: string | undefined
  stored?: (typed: string) => string
  onChange: (value: string) => void
}

export function SuggestedText({
  label,
  placeholder,
  value,
  options,
  error,
  stored = (typed) => typed.trim(),
  onChange,
}: Props) {
  // A draft belongs to the value it began with: what the address says later replaces it.
  const [draft, setDraft] = useState<{ text: string; of: string } | null>(null)
  const shown = draft?.of === value ? draft.text : value
  const notes = new Map(options.map((option) => [option.value, option.note]))
  const confirm = (typed: string) => {
    const text = stored(typed)
    if (text === value) setDraft(null)
    else {
      setDraft({ text, of: value })
      onChange(text)
    }
  }
  return (
    <Autocomplete
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      data={[...notes.keys()]}
      limit={20}
      maxDropdownHeight={260}
      value={shown}
      error={error}
      onChange={(text) => setDraft({ text, of: value })}
      onOptionSubmit={confirm}
      onBlur={() => confirm(shown)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') confirm(event.currentTarget.value)
      }}
      renderOption={({ option }) => {
        const note = notes.get(option.value)
        return (
          <span>
            {option.value}
            {note && <small> {note}</small>}
          </span>
        )
      }}
    />
  )
}
