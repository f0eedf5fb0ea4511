// One sentence of help behind a "?".
import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import classes from './Help.module.css'

export function Help({ text, about }: { text: string; about: string }) {
  return (
    <Tooltip label={text} events={{ hover: true, focus: true, touch: true }}>
      <UnstyledButton className={classes.help} aria-label={`About ${about.toLowerCase()}: ${text}`}>
        <IconHelpCircle size={14} stroke={1.75} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  )
}
