// Edits the settings beside what they send, and saves them as one change.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { plural } from '../../lib/format'
import { FormFailure } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'
import { useSaveSettings } from './api'
import { ConsentCard, MaskingCard, SamplingCard, SignalsCard } from './Fields'
import { RecordingCard } from './RecordingCard'
import { Preview } from './PreviewCards'
import { changedFields, readSettings, type Settings } from './settings'
import classes from './Sdk.module.css'

type Props = { projectId: string; version: number; saved: Settings; canChange: boolean; onReload: () => void }

export function Editor({ projectId, version, saved, canChange, onReload }: Props) {
  const [draft, setDraft] = useState(saved)
  const save = useSaveSettings(projectId)
  const changed = changedFields(saved, draft)
  const isOutdated = (save.error as { status?: number } | null)?.status === 409
  const isDefault = changedFields(readSettings({}), draft).length === 0
  // A saved version begins anew with its own editor, so the one that saved it must not be asked what to do then.
  const submit = () => void save.mutateAsync({ version, settings: draft }).then(() => toastDone('Settings saved. Pages use them within a few minutes.'), () => undefined)
  const parts = { draft, error: save.error, isDisabled: !canChange, onChange: setDraft }

  return (
    <>
      {!canChange && <p className={classes.note}>Only owners and admins can change these settings.</p>}
      <div className={classes.columns}>
        <div className={classes.column}>
          <SignalsCard {...parts} />
          <SamplingCard {...parts} />
          <RecordingCard {...parts} />
          <MaskingCard {...parts} />
          <ConsentCard {...parts} />
        </div>
        <div className={`${classes.column} ${classes.sticky}`}>
          <Preview settings={draft} version={version} isChanged={changed.length > 0} />
        </div>
      </div>
      {canChange && (
        <div className={classes.bar} role="region" aria-label="Changes">
          {save.error && (
            <div>
              <FormFailure error={save.error} />
            </div>
          )}
          <p role="status">{changed.length === 0 ? (version === 0 ? 'The default settings are active.' : `Version ${version} is active. Pages use changes within a few minutes.`) : `${plural(changed.length, 'unsaved change')}.`}</p>
          {isOutdated && (
            <Button variant="default" onClick={onReload}>
              Load saved settings
            </Button>
          )}
          {!isDefault && (
            <Button variant="subtle" color="gray" onClick={() => setDraft(readSettings({}))}>
              Use defaults
            </Button>
          )}
          {changed.length > 0 && (
            <Button variant="default" onClick={() => (setDraft(saved), save.reset())}>
              Discard changes
            </Button>
          )}
          <Button disabled={changed.length === 0} loading={save.isPending} onClick={submit}>
            Save settings
          </Button>
        </div>
      )}
    </>
  )
}
