// The sections of the settings, saved as one change.
import { toastDone } from '../../ui/toast'
import { SaveBar } from '../../ui/form/SaveBar'
import { useVersionedDraft, type Versioned } from '../../ui/form/versionedDraft'
import { useSaveProjectSettings } from './api'
import type { ProjectSettings } from './model'
import { ProgramsSection } from './ProgramsSection'
import { TimeZoneSection } from './TimeZoneSection'
import classes from './Settings.module.css'

type Props = { projectId: string; saved: Versioned<ProjectSettings>; canChange: boolean; reload: () => Promise<Versioned<ProjectSettings>> }

export function Editor({ projectId, saved, canChange, reload }: Props) {
  const save = useSaveProjectSettings(projectId)
  const form = useVersionedDraft({ saved, save: save.mutateAsync, reload, onSaved: () => toastDone('Project settings saved') })
  const section = { draft: form.draft, error: form.error, isDisabled: !canChange, set: (change: Partial<ProjectSettings>) => form.change({ ...form.draft, ...change }) }
  return (
    <>
      {!canChange && <p className={classes.note}>Only owners and admins can change these settings.</p>}
      <TimeZoneSection {...section} />
      <ProgramsSection {...section} />
      {canChange && <SaveBar form={form} active={form.version === 0 ? 'The default settings are active.' : 'All changes are saved.'} saveLabel="Save settings" />}
    </>
  )
}
