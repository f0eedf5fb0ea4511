// Buttons that copy a text and say so.
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { copyText } from '../lib/clipboard'
import classes from './Copy.module.css'

function useCopied(text: string) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 1_500)
    return () => clearTimeout(timer)
  }, [isCopied])
  return { isCopied, copy: () => void copyText(text).then(setCopied) }
}

export function CopyIcon({ text, what }: { text: string; what: string }) {
  const { isCopied, copy } = useCopied(text)
  const label = isCopied ? 'Copied' : `Copy ${what}`
  return (
    <Tooltip label={label}>
      <ActionIcon onClick={copy} aria-label={label}>
        {isCopied ? <IconCheck size={15} /> : <IconCopy size={15} />}
      </ActionIcon>
    </Tooltip>
  )
}

/** A block of code to paste elsewhere. */
export function Snippet({ code, what }: { code: string; what: string }) {
  const { isCopied, copy } = useCopied(code)
  return (
    <div className={classes.snippet}>
      <pre className={classes.code} tabIndex={0} role="region" aria-label={what}>
        {code}
      </pre>
      <Button
        variant="default"
        onClick={copy}
        leftSection={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      >
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  )
}
