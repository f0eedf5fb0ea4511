// The filter by duration: usual lengths, or from and to.
import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import classes from './Sessions.module.css'

/** Durations that are often asked for, in seconds. */
const USUAL: [label: string, min: number | undefined, max: number | undefined][] = [
  ['Under 10 seconds', undefined, 10],
  ['10 seconds to 1 minute', 10, 60],
  ['1 to 5 minutes', 60, 300],
  ['5 to 30 minutes', 300, 1800],
  ['Over 30 minutes', 1800, undefined],
]

type Props = {
  min: number | undefined
  max: number | undefined
  onApply: (min: number | undefined, max: number | undefined) => void
}

export function DurationForm({ min, max, onApply }: Props) {
  const [from, setFrom] = useState<number | string>(min ?? '')
  const [to, setTo] = useState<number | string>(max ?? '')
  const seconds = (value: number | string) => (value === '' ? undefined : Number(value))
  const [least, most] = [seconds(from), seconds(to)]
  const isNothing = least === undefined && most === undefined
  const isTurned = least !== undefined && most !== undefined && least > most
  const fields = { size: 'xs', min: 0, max: 86_400, allowDecimal: false, suffix: ' s', hideControls: true } as const
  return (
    <>
      {USUAL.map(([label, least, most]) => (
        <button key={label} type="button" className={classes.choice} onClick={() => onApply(least, most)}>
          {label}
        </button>
      ))}
      <form
        className={classes.duration}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isNothing && !isTurned) onApply(least, most)
        }}
      >
        <NumberInput {...fields} label="From" placeholder="0 s" value={from} onChange={setFrom} />
        <NumberInput {...fields} label="To" placeholder="Any" value={to} onChange={setTo} error={isTurned} />
        <Button type="submit" disabled={isNothing || isTurned}>
          Add
        </Button>
      </form>
    </>
  )
}
