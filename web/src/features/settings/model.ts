// The settings of a project as the page edits them: the document without its version; pure.
import type { components } from '../../api/schema.gen'
import type { Versioned } from '../../ui/form/versionedDraft'

type Document = components['schemas']['ProjectSettingsChange']

/** A change replaces the whole document, so what no section shows goes along as it was read. */
export type ProjectSettings = Omit<Document, 'version'>

export function versionedOf({ version, ...value }: Document): Versioned<ProjectSettings> {
  return { version, value }
}

export function documentOf({ version, value }: Versioned<ProjectSettings>): Document {
  return { ...value, version }
}

/** What is typed as it is stored: in capitals; nothing is the server's currency. */
export function currencyOf(typed: string): string | null {
  return typed.trim().toUpperCase() || null
}
