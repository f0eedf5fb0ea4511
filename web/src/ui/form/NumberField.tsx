// Fields for a number whose limits the server checks: what is typed goes there as it is, and is refused by its name.
import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useState } from 'react'

type Look = Pick<
  NumberInputProps,
  | 'aria-label'
  | 'className'
  | 'clampBehavior'
  | 'decimalScale'
  | 'description'
  | 'disabled'
  | 'error'
  | 'inputWrapperOrder'
  | 'label'
  | 'max'
  | 'min'
  | 'onBlur'
  | 'placeholder'
  | 'size'
  | 'suffix'
>

/** A number that may be missing: an empty field is `null`. Whole, unless `decimalScale` allows decimals. */
export function OptionalNumberField({
  value,
  onChange,
  ...look
}: Look & { value: number | null; onChange: (value: number | null) => void }) {
  return (
    <NumberInput
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      clampBehavior="none"
      allowDecimal={look.decimalScale !== undefined}
      allowNegative={false}
      thousandSeparator=","
      hideControls
      {...look}
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  )
}

/** A number that is always there: a field that is left empty shows its number again. */
export function NumberField({
  value,
  onChange,
  ...look
}: Omit<Look, 'onBlur'> & { value: number; onChange: (value: number) => void }) {
  const [isEmpty, setEmpty] = useState(false)
  function change(next: number | null) {
    setEmpty(next === null)
    if (next !== null) onChange(next)
  }
  return (
    <OptionalNumberField {...look} value={isEmpty ? null : value} onChange={change} onBlur={() => setEmpty(false)} />
  )
}
