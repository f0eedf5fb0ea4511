// Edits all rules and saves them as one change.
import { Button } from '@mantine/core'
import { IconListCheck, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../../api/problem'
import { Card } from '../../../ui/Card'
import { fieldError } from '../../../ui/FormFailure'
import { NumberField } from '../../../ui/form/NumberField'
import { SaveBar } from '../../../ui/form/SaveBar'
import { isSameJson, useVersionedDraft, type Versioned } from '../../../ui/form/versionedDraft'
import { Empty } from '../../../ui/States'
import { toastDone, toastUndo } from '../../../ui/toast'
import { defaultRulesQuery, useSaveRules } from './api'
import { DryRun } from './DryRun'
import { RuleItem } from './RuleItem'
import classes from './Rules.module.css'
import { emptyRule, movedPattern, patternBeside, type Rule, type RuleSet, refusedField } from './rules'
import { ABANDON_LABEL, eventText, refusedLabel } from './words'

type Props = {
  projectId: string
  saved: Versioned<RuleSet>
  canChange: boolean /** The answer names contacts. */
  mayTry: boolean
  reload: () => Promise<Versioned<RuleSet>>
}

export function RulesEditor({ projectId, saved, canChange, mayTry, reload }: Props) {
  const save = useSaveRules(projectId)
  const { data: defaults } = useQuery({ ...defaultRulesQuery(projectId), enabled: canChange })
  const form = useVersionedDraft({
    saved,
    save: save.mutateAsync,
    reload,
    onSaved: () => toastDone('Rules saved. They apply to events from now on.'),
  })
  const [open, setOpen] = useState<number>()
  const { draft } = form
  const { field } = form.error ? asProblem(form.error) : {}
  const refused = refusedField(field)
  const setRules = (rules: Rule[]) => form.change({ ...draft, rules })

  function add() {
    setRules([...draft.rules, emptyRule()])
    setOpen(draft.rules.length)
  }

  function remove(index: number) {
    const removed = draft.rules[index] ?? emptyRule()
    setRules(draft.rules.filter((_, at) => at !== index))
    setOpen(undefined)
    // By then, other rules may have been edited.
    toastUndo(`Rule for ${eventText(removed)} removed`, () =>
      form.change((current) => ({
        ...current,
        rules: [...current.rules.slice(0, index), removed, ...current.rules.slice(index)],
      })),
    )
  }

  function move(index: number, step: -1 | 1) {
    setRules(movedPattern(draft.rules, index, step))
    setOpen(patternBeside(draft.rules, index, step) ?? index)
  }

  const addButton = canChange && (
    <Button leftSection={<IconPlus size={14} />} onClick={add}>
      Add rule
    </Button>
  )
  return (
    <>
      {!canChange && <p className={classes.note}>Only owners and admins can change the rules.</p>}
      <Card title="Abandoned bookings">
        <NumberField
          className={classes.short}
          label={ABANDON_LABEL}
          description="Minutes without another step of the booking."
          suffix=" min"
          min={1}
          max={10_080}
          disabled={!canChange}
          value={draft.abandon_after_minutes}
          error={fieldError(form.error, 'abandon_after_minutes')}
          onChange={(abandon_after_minutes) => form.change({ ...draft, abandon_after_minutes })}
        />
      </Card>
      <Card
        title="Rules"
        help="One rule for each event name or pattern. A name comes before patterns, and patterns are checked from the top. Events without a rule appear in the timeline and change nothing else."
        note={`${draft.rules.length}`}
        actions={addButton}
        flush
      >
        {draft.rules.length === 0 ? (
          <Empty icon={IconListCheck} title="No rules">
            Events appear in the timelines of contacts and change nothing else. Add a rule, or use the defaults.
          </Empty>
        ) : (
          <ul className={classes.list}>
            {draft.rules.map((rule, index) => (
              <RuleItem
                key={index}
                rule={rule}
                set={draft}
                error={
                  refused?.index === index
                    ? { name: refused.name, text: fieldError(form.error, field ?? '') ?? '' }
                    : undefined
                }
                isOpen={open === index}
                isDisabled={!canChange}
                onToggle={() => setOpen(open === index ? undefined : index)}
                onChange={(next) => setRules(draft.rules.map((entry, at) => (at === index ? next : entry)))}
                onRemove={() => remove(index)}
                onMove={(step) => move(index, step)}
                mayMove={(step) => patternBeside(draft.rules, index, step) !== undefined}
              />
            ))}
          </ul>
        )}
      </Card>
      {mayTry && <DryRun projectId={projectId} draft={draft} isChanged={form.isChanged} />}
      {canChange && (
        <SaveBar
          form={form}
          active={
            form.version === 0
              ? 'The default rules are active.'
              : 'All changes are saved. Earlier events keep the rules that applied then.'
          }
          onUseDefaults={
            defaults && !isSameJson(defaults, draft) ? () => (form.change(defaults), setOpen(undefined)) : undefined
          }
          saveLabel="Save rules"
          labelOf={(name) => refusedLabel(name, draft)}
        />
      )}
    </>
  )
}
