// Below the editor: run, give up, and how many rows.
import { Button, Kbd, NativeSelect } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { duration, exactNumber } from '../../lib/format'
import { modifierKey } from '../../lib/keyboard'
import { LIMITS, type Limit } from './model'
import classes from './Sql.module.css'

type Props = {
  /** When the running statement began. */
  since: number | null
  /** A part of the statement is selected. */
  isPart: boolean
  isEmpty: boolean
  limit: Limit
  onRun: () => void
  onCancel: () => void
  onLimit: (limit: Limit) => void
}

const ROWS = LIMITS.map((limit) => ({ value: String(limit), label: `${exactNumber(limit)} rows` }))

export function RunBar({ since, isPart, isEmpty, limit, onRun, onCancel, onLimit }: Props) {
  return (
    <div className={classes.runBar}>
      {since === null ? (
        <Button leftSection={<IconPlayerPlay size={14} />} disabled={isEmpty} onClick={onRun}>
          {isPart ? 'Run selection' : 'Run'}
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconPlayerStop size={14} />} onClick={onCancel}>
          Cancel
        </Button>
      )}
      {since === null ? (
        <span className={classes.keys}>
          <Kbd size="xs">{modifierKey()}</Kbd> <Kbd size="xs">Enter</Kbd>
        </span>
      ) : (
        <Elapsed since={since} />
      )}
      <NativeSelect
        className={classes.limit}
        size="xs"
        aria-label="Rows at most"
        data={ROWS}
        value={String(limit)}
        onChange={(event) => onLimit(LIMITS.find((known) => String(known) === event.currentTarget.value) ?? limit)}
      />
    </div>
  )
}

function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className={classes.keys}>
      <span role="status">Running …</span> {duration(Math.max(0, now - since))}
    </span>
  )
}
