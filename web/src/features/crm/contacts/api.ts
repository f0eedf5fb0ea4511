// Reading and changing contacts.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../../api/client'
import { projectKey, questionKey, questionsOf } from '../../../api/keys'
import { pagedList } from '../../../api/list'
import type { Contact, ContactChange } from '../../../api/types'
import { wholeList } from '../../../api/wholeList'
import { resolvePreset } from '../../../lib/period'
import { toastFailed, toastUndo } from '../../../ui/toast'
import { type ContactsSearch, contactName, DEFAULT_SORT, inverseOf } from './model'

type ContactParams = Pick<ContactsSearch, 'status' | 'search' | 'sort'>

/** The parameters of a list and of its export. */
function queryOf({ status, search, sort }: ContactParams) {
  return {
    sort: sort ?? DEFAULT_SORT,
    ...(status === undefined ? {} : { lead_status: status }),
    ...(search === undefined ? {} : { search }),
  }
}

export const contactsQuery = (projectId: string, params: ContactParams) => {
  const query = queryOf(params)
  return pagedList(projectId, 'contacts', query, ({ path, page, signal }) =>
    api.GET('/api/projects/{project_id}/contacts', {
      params: { path, query: { ...query, ...page, limit: 50 } },
      signal,
    }),
  )
}

export const allContacts = (projectId: string, params: ContactParams) =>
  wholeList('/api/projects/{project_id}/contacts', { project_id: projectId }, queryOf(params))

export const contactQuery = (projectId: string, contactId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'contact', {}, contactId),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/contacts/{contact_id}', {
          params: { path: { project_id: projectId, contact_id: contactId } },
          signal,
        }),
      ),
  })

export const timelineQuery = (projectId: string, contactId: string) =>
  pagedList(projectId, 'contact/timeline', contactId, ({ path, page, signal }) =>
    api.GET('/api/projects/{project_id}/contacts/{contact_id}/timeline', {
      params: { path: { ...path, contact_id: contactId }, query: { ...page, limit: 40 } },
      signal,
    }),
  )

export const pipelineQuery = (projectId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'crm/pipeline', {}),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/crm/pipeline', { params: { path: { project_id: projectId } }, signal }),
      ),
  })

export const revenueQuery = (projectId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'crm/revenue', { period: '30d' }),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/crm/revenue', {
          params: { path: { project_id: projectId }, query: resolvePreset('30d', Date.now()) },
          signal,
        }),
      ),
  })

export const interestsQuery = (projectId: string, contactId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'crm/preferences', {}, contactId),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/crm/preferences', {
          params: {
            path: { project_id: projectId },
            query: { ...resolvePreset('90d', Date.now()), contact_id: contactId, limit: 5 },
          },
          signal,
        }),
      ),
  })

export const scoreQuery = (projectId: string, userId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'lead-score', {}, userId),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/lead-scores/{user_id}', {
          params: { path: { project_id: projectId, user_id: userId } },
          signal,
        }),
      ),
  })

export const weightsQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'lead-weights'),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/lead-weights', { params: { path: { project_id: projectId } }, signal }),
      ),
    staleTime: 300_000,
  })

type Edit = { contact: Contact; change: ContactChange }

/** Changes a contact, and offers to take it back. With `isQuiet` the caller shows a refusal itself, next to the field. */
export function useChangeContact(projectId: string, isQuiet = false) {
  const client = useQueryClient()
  const send = (contact: Contact, change: ContactChange) =>
    answer(
      api.PATCH('/api/projects/{project_id}/contacts/{contact_id}', {
        params: { path: { project_id: projectId, contact_id: contact.id } },
        body: change,
      }),
    )
  const show = (contact: Contact) => {
    client.setQueryData(contactQuery(projectId, contact.id).queryKey, contact)
    void client.invalidateQueries({ queryKey: questionsOf(projectId) })
  }
  const undo = useMutation({
    mutationFn: ({ contact, change }: Edit) => send(contact, inverseOf(contact, change)),
    onSuccess: show,
    onError: (error, { contact }) => toastFailed(`The change to ${contactName(contact)} was not undone`, error),
  })
  return useMutation({
    mutationFn: ({ contact, change }: Edit): Promise<Contact> => send(contact, change),
    onSuccess: (changed, edit) => {
      show(changed)
      toastUndo(`${contactName(changed)} saved`, () => undo.mutate(edit))
    },
    onError: (error, { contact }) => {
      if (!isQuiet) toastFailed(`${contactName(contact)} was not changed`, error)
    },
  })
}
