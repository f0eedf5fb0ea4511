// What every section of the settings receives.
import type { ProjectSettings } from './model'

export type SectionProps = {
  draft: ProjectSettings
  /** Why saving failed, if it did: a section shows the errors of its own fields. */
  error: Error | null
  isDisabled: boolean
  set: (change: Partial<ProjectSettings>) => void
}
