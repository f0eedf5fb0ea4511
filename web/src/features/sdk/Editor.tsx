// Edits the settings beside what they send, and saves them as one change.
import { SaveBar } from '../../ui/form/SaveBar'
import { useVersionedDraft, type Versioned } from '../../ui/form/versionedDraft'
import { toastDone } from '../../ui/toast'
import { useSaveSettings } from './api'
import { ConsentCard, MaskingCard, SamplingCard, SignalsCard } from './Fields'
import { Preview } from './PreviewCards'
import { RecordingCard } from './RecordingCard'
import classes from './Sdk.module.css'
import { changedFields, readSettings, type Settings, settingLabel } from './settings'

type Props = {
  projectId: string
  saved: Versioned<Settings>
  canChange: boolean
  reload: () => Promise<Versioned<Settings>>
}

export function Editor({ projectId, saved, canChange, reload }: Props) {
  const save = useSaveSettings(projectId)
  const form = useVersionedDraft({
    saved,
    save: save.mutateAsync,
    reload,
    onSaved: () => toastDone('Settings saved. Pages use them within a few minutes.'),
  })
  const { version, draft } = form
  const isDefault = changedFields(readSettings({}), draft).length === 0
  const parts = { draft, error: form.error, isDisabled: !canChange, onChange: form.change }

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
          <Preview settings={draft} version={version} isChanged={form.isChanged} />
        </div>
      </div>
      {canChange && (
        <SaveBar
          form={form}
          changes={changedFields(form.saved, draft).length}
          active={
            version === 0
              ? 'The default settings are active.'
              : `Version ${version} is active. Pages use changes within a few minutes.`
          }
          onUseDefaults={isDefault ? undefined : () => form.change(readSettings({}))}
          saveLabel="Save settings"
          labelOf={settingLabel}
        />
      )}
    </>
  )
}
