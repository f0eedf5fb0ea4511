// One rule in the list: its event and effects; opened, its form.
import { IconChevronDown } from '@tabler/icons-react'
import { useEffect, useId, useRef } from 'react'
import { RuleForm } from './RuleForm'
import classes from './Rules.module.css'
import { isPattern, type Rule, type RuleSet } from './rules'
import { effectsOf, eventText } from './words'

/** The server's refusal of one field of this rule. */
export type RuleError = { name: string; text: string }

type Props = {
  rule: Rule
  set: RuleSet
  error: RuleError | undefined
  isOpen: boolean
  isDisabled: boolean
  onToggle: () => void
  onChange: (rule: Rule) => void
  onRemove: () => void
  onMove: (step: -1 | 1) => void
  mayMove: (step: -1 | 1) => boolean
}

export function RuleItem({ rule, set, error, isOpen, isDisabled, onToggle, ...actions }: Props) {
  const id = useId()
  const item = useRef<HTMLLIElement>(null)
  // What the server refused has to be seen.
  useEffect(() => {
    if (error) item.current?.scrollIntoView({ block: 'nearest' })
  }, [error])
  return (
    <li ref={item} className={classes.item} data-refused={error !== undefined || undefined}>
      <button
        type="button"
        className={classes.head}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={onToggle}
      >
        <span className={classes.event} data-code={!isPattern(rule) || undefined}>
          {eventText(rule)}
        </span>
        <span className={classes.effects}>
          {effectsOf(rule, set).map((effect) => (
            <span key={effect}>{effect}</span>
          ))}
          {error && <span className={classes.refused}>{error.text}</span>}
        </span>
        <IconChevronDown size={16} aria-hidden className={classes.chevron} />
      </button>
      {isOpen && (
        <div id={id} className={classes.form}>
          <RuleForm rule={rule} set={set} error={error} isDisabled={isDisabled} {...actions} />
        </div>
      )}
    </li>
  )
}
