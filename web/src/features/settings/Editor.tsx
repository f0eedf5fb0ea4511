// The sections of the settings, saved as one change.
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { SaveBar } from '../../ui/form/SaveBar'
import { useVersionedDraft, type Versioned } from '../../ui/form/versionedDraft'
import { toastDone } from '../../ui/toast'
import { useSaveProjectSettings } from './api'
import type { ProjectSettings } from './model'
import { ProgramsSection } from './ProgramsSection'
import { ProjectSection } from './ProjectSection'
import { ConfirmRemoval } from './retention/ConfirmRemoval'
import { FIELDS } from './retention/model'
import { RetentionSection } from './retention/RetentionSection'
import { useRemovals } from './retention/useRemovals'
import classes from './Settings.module.css'
import { TimeZoneSection } from './TimeZoneSection'

const LABELS: Record<string, string> = { name: 'Name', default_currency: 'Default currency', time_zone: 'Time zone' }

type Props = {
  projectId: string
  saved: Versioned<ProjectSettings>
  canChange: boolean
  reload: () => Promise<Versioned<ProjectSettings>>
}

export function Editor({ projectId, saved, canChange, reload }: Props) {
  const save = useSaveProjectSettings(projectId)
  const form = useVersionedDraft({
    saved,
    save: save.mutateAsync,
    reload,
    onSaved: () => toastDone('Project settings saved'),
  })
  const section = {
    draft: form.draft,
    error: form.error,
    isDisabled: !canChange,
    set: (change: Partial<ProjectSettings>) => form.change({ ...form.draft, ...change }),
  }
  const removals = useRemovals(projectId, form.saved.retention, form.draft.retention)
  const [isAsking, setAsking] = useState(false)
  const { me } = useRole(projectId)
  const project = me?.projects.find((known) => known.id === projectId)?.name ?? projectId
  // What cannot be brought back is saved only after its project was named.
  const ask = () => (removals.kinds?.length ? Promise.resolve(setAsking(true)) : form.submit())
  return (
    <>
      {!canChange && <p className={classes.note}>Only owners and admins can change these settings.</p>}
      <ProjectSection {...section} projectId={projectId} />
      <TimeZoneSection {...section} />
      <ProgramsSection {...section} />
      <RetentionSection {...section} projectId={projectId} removals={removals} />
      {canChange && (
        <SaveBar
          form={{ ...form, submit: ask }}
          obstacle={removals.obstacle}
          active={form.version === 0 ? 'The default settings are active.' : 'All changes are saved.'}
          saveLabel="Save settings"
          labelOf={(field) => LABELS[field] ?? FIELDS.find(({ setting }) => setting === field)?.label}
        />
      )}
      {isAsking && (
        <ConfirmRemoval
          project={project}
          kinds={removals.kinds ?? []}
          isPending={form.isSaving}
          onConfirm={() => void form.submit().then(() => setAsking(false))}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
