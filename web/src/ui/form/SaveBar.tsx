// The bar under a form that is saved as a whole: what is in force, what is not saved, and what to do when somebody else saved first.
import { Button } from '@mantine/core'
import { plural } from '../../lib/format'
import { FormFailure } from '../FormFailure'
import { LeaveGuard } from './LeaveGuard'
import { OutdatedNotice } from './OutdatedNotice'
import classes from './SaveBar.module.css'
import type { VersionedDraft } from './versionedDraft'

type Props = {
  form: Omit<VersionedDraft<unknown>, 'draft' | 'saved' | 'change' | 'submit'> & { submit: () => Promise<unknown> }
  /** The sentence for a form without changes. */
  active: string
  /** How many fields differ, where that is known. */
  changes?: number
  /** Puts the defaults into the form; left out while they are in it. */
  onUseDefaults?: (() => void) | undefined
  /** A reason why the draft cannot be saved. */
  obstacle?: string | undefined
  saveLabel: string
  /** What the form calls a field that the server refuses. */
  labelOf?: (field: string) => string | undefined
}

export function SaveBar({ form, active, changes, onUseDefaults, obstacle, saveLabel, labelOf }: Props) {
  return (
    <div className={classes.bar} role="region" aria-label="Changes">
      <LeaveGuard isChanged={form.isChanged} />
      {form.isOutdated ? (
        <OutdatedNotice form={form}>Somebody else saved these settings while you were editing them.</OutdatedNotice>
      ) : (
        form.error && (
          <div className={classes.wide}>
            <FormFailure error={form.error} labelOf={labelOf} />
          </div>
        )
      )}
      <p role="status">
        {form.isChanged
          ? (obstacle ?? (changes ? `${plural(changes, 'unsaved change')}.` : 'Unsaved changes.'))
          : active}
      </p>
      {onUseDefaults && (
        <Button variant="subtle" color="gray" onClick={onUseDefaults}>
          Use defaults
        </Button>
      )}
      {form.isChanged && (
        <Button variant="default" onClick={form.discard}>
          Discard changes
        </Button>
      )}
      <Button
        disabled={!form.isChanged || form.isOutdated || obstacle !== undefined}
        loading={form.isSaving}
        onClick={() => void form.submit()}
      >
        {saveLabel}
      </Button>
    </div>
  )
}
