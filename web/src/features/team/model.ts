// Which members may change which, the audit log in words, and the page's state in the URL; pure.
import type { components } from '../../api/schema.gen'
import { ROLES, type RoleName } from '../../lib/roles'
import { sentence } from '../../lib/words'

type Schemas = components['schemas']
export type ProjectMember = Schemas['ProjectMember']
export type Invitation = Schemas['Invitation']
export type SecretKey = Schemas['SecretKey']
export type AuditEntry = Schemas['AuditEntry']

export const TABS = ['members', 'keys', 'audit'] as const
export type Tab = (typeof TABS)[number]
export type TeamSearch = { tab?: Exclude<Tab, 'members'> }

export function parseTeamSearch({ tab }: Record<string, unknown>): TeamSearch {
  return tab === 'keys' || tab === 'audit' ? { tab } : {}
}

/** The roles somebody may give: only owners make owners. */
export function grantableRoles(by: RoleName | undefined): RoleName[] {
  if (by === 'owner') return [...ROLES]
  return by === 'admin' ? ROLES.filter((role) => role !== 'owner') : []
}

/** Why a member's role stays as it is, or null where it may be changed; as the server decides it. */
export function whyRoleStays(member: ProjectMember, by: RoleName | undefined, members: ProjectMember[]): string | null {
  if (by !== 'owner' && by !== 'admin') return 'Only owners and admins can change roles'
  if (member.role !== 'owner') return null
  if (by !== 'owner') return 'Only owners can change the role of an owner'
  return isLastOwner(member, members) ? 'A project needs at least one owner. Make another member an owner first.' : null
}

export function isLastOwner(member: ProjectMember, members: ProjectMember[]): boolean {
  return member.role === 'owner' && members.filter(({ role }) => role === 'owner').length === 1
}

export type SecretKeyRole = SecretKey['role']

/** The roles of a secret key: a reader changes nothing, and a writer reads nothing. */
export const SECRET_KEY_ROLES: { value: SecretKeyRole; label: string; help: string }[] = [
  { value: 'analyst', label: 'Read data', help: 'Reads and exports all data and runs SQL, like an analyst.' },
  { value: 'writer', label: 'Report orders and bookings', help: 'For the server of your shop. Cannot read data.' },
  {
    value: 'admin',
    label: 'Manage the project',
    help: 'Manages keys, members, settings and personal data, like an admin.',
  },
]

export function secretKeyRoleLabel(role: SecretKeyRole): string {
  return SECRET_KEY_ROLES.find(({ value }) => value === role)?.label ?? sentence(role)
}

/** A key that no longer opens anything. */
export function isExpired(key: SecretKey, now: number): boolean {
  return key.expires_at != null && Date.parse(key.expires_at) <= now
}

export const EXPIRIES = [
  { value: '', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In 1 year' },
]

/** The operations that the audit log records. */
export const OPERATIONS: Record<string, string> = {
  complete_setup: 'Set up Footfall',
  sign_in: 'Sign in',
  sign_out: 'Sign out',
  sign_out_everywhere: 'Sign out on all devices',
  change_password: 'Change own password',
  change_profile: 'Change own profile',
  create_project: 'Create a project',
  create_api_key: 'Create an API key',
  change_api_key: 'Change an API key',
  delete_api_key: 'Delete an API key',
  resend_failed_event: 'Resend a failed event',
  invite: 'Invite a member',
  revoke_invitation: 'Revoke an invitation',
  accept_invitation: 'Accept an invitation',
  change_member: 'Change the role of a member',
  remove_member: 'Remove a member',
  leave_project: 'Leave the project',
  create_secret_key: 'Create a secret key',
  revoke_secret_key: 'Revoke a secret key',
  create_share_link: 'Share a page',
  open_share_link: 'Open a share link',
  revoke_share_link: 'Revoke a share link',
  change_error: 'Decide about an error',
  upload_source_map: 'Upload a source map',
  delete_source_map: 'Delete a source map',
  create_annotation: 'Add a note to the time line',
  create_goal: 'Create a goal',
  change_goal: 'Change a goal',
  delete_goal: 'Delete a goal',
  create_board: 'Create a board',
  replace_board: 'Change a board',
  delete_board: 'Delete a board',
  create_saved_question: 'Save a question',
  change_saved_question: 'Change a saved question',
  delete_saved_question: 'Delete a saved question',
  create_segment: 'Save a segment',
  change_segment: 'Change a segment',
  delete_segment: 'Delete a segment',
  create_widget: 'Create a widget',
  delete_annotation: 'Delete a note of the time line',
  change_widget: 'Change a widget',
  delete_widget: 'Delete a widget',
  set_tariff: 'Change the tariff',
  close_billing_period: 'Close a month',
  create_webhook: 'Create a webhook',
  change_webhook: 'Change a webhook',
  delete_webhook: 'Delete a webhook',
  rotate_webhook_secret: 'Replace the secret of a webhook',
  test_webhook: 'Send a test message',
  resend_webhook_delivery: 'Resend a webhook message',
  erase_subject: 'Erase a person',
  erase_project_subject: 'Erase a person',
  lift_erasure: 'Accept events of an erased person again',
  change_contact: 'Change a contact',
  change_task: 'Change a task',
  create_task: 'Create a task',
  comment_on_task: 'Comment on a task',
  delete_task_comment: 'Delete a comment of a task',
  mark_mentions_read: 'Mark mentions as read',
  add_person_note: 'Write a note about a person',
  edit_person_note: 'Change a note about a person',
  delete_person_note: 'Delete a note about a person',
  replace_crm_rules: 'Change the CRM rules',
  set_lead_weights: 'Change the lead score weights',
  set_project_logo: 'Change the logo of the project',
  remove_project_logo: 'Remove the logo of the project',
  set_project_settings: 'Change the project settings',
  set_sdk_settings: 'Change the tracker settings',
  create_customer_token: 'Create a customer token',
  place_order: 'Report an order',
  complete_booking: 'Report a booking',
  cleanup: 'Run session completion',
  run_job: 'Run a job',
}

/** The label of an operation, which also fits a rejected one; an unknown operation as a sentence of its id. */
export function operationLabel(operation: string): string {
  return OPERATIONS[operation] ?? sentence(operation)
}

/** The meaning of the answer's status for readers of the log. */
export function outcomeOf(status: number): { label: string; level: 'good' | 'medium' | 'high' } {
  if (status < 400) return { label: 'Done', level: 'good' }
  if (status === 401 || status === 403) return { label: 'Not allowed', level: 'medium' }
  if (status < 500) return { label: 'Rejected', level: 'medium' }
  return { label: 'Failed', level: 'high' }
}
