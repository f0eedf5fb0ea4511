// Moves a contact to another column: shown at once, and taken back where the server refuses it.
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../../api/client'
import { questionKey, questionsOf } from '../../../api/keys'
import type { components } from '../../../api/schema.gen'
import type { Contact } from '../../../api/types'
import { toastFailed, toastUndo } from '../../../ui/toast'
import { contactsQuery, pipelineQuery } from '../contacts/api'
import { contactName } from '../contacts/model'
import { movedStages, withContact, without } from './model'

type Schemas = components['schemas']
type Column = InfiniteData<Schemas['ContactList']>

/** The contacts of a column, those active last first. */
export const columnQuery = (projectId: string, status: string, search: string | undefined) =>
  contactsQuery(projectId, { status, ...(search === undefined ? {} : { search }) })

type Move = { contact: Contact; to: string }

export function useMove(projectId: string, search: string | undefined) {
  const client = useQueryClient()
  const keyOf = (status: string) => columnQuery(projectId, status, search).queryKey
  const pipelineKey = pipelineQuery(projectId).queryKey
  const columns = questionKey(projectId, 'contacts', {}).slice(0, 4)
  const mutation = useMutation({
    mutationFn: ({ contact, to }: Move): Promise<Contact> =>
      answer(
        api.PATCH('/api/projects/{project_id}/contacts/{contact_id}', {
          params: { path: { project_id: projectId, contact_id: contact.id } },
          body: { lead_status: to },
        }),
      ),
    onMutate: async ({ contact, to }) => {
      // An answer that is on its way knows nothing of the move.
      await Promise.all([client.cancelQueries({ queryKey: columns }), client.cancelQueries({ queryKey: pipelineKey })])
      const [from, into, pipeline] = [
        client.getQueryData<Column>(keyOf(contact.lead_status)),
        client.getQueryData<Column>(keyOf(to)),
        client.getQueryData(pipelineKey),
      ]
      client.setQueryData<Column>(keyOf(contact.lead_status), (data) => without(data, contact.id) as Column | undefined)
      client.setQueryData<Column>(
        keyOf(to),
        (data) => withContact(data, { ...contact, lead_status: to }) as Column | undefined,
      )
      client.setQueryData(pipelineKey, (data) => data && { ...data, stages: movedStages(data.stages, contact, to) })
      return { from, into, pipeline }
    },
    onSuccess: (changed, { contact }) =>
      toastUndo(`${contactName(changed)} moved to ${changed.lead_status}`, () =>
        mutation.mutate({ contact: changed, to: contact.lead_status }),
      ),
    onError: (error, { contact, to }, before) => {
      client.setQueryData(keyOf(contact.lead_status), before?.from)
      client.setQueryData(keyOf(to), before?.into)
      client.setQueryData(pipelineKey, before?.pipeline)
      toastFailed(`${contactName(contact)} was not moved`, error)
    },
    onSettled: () => client.invalidateQueries({ queryKey: questionsOf(projectId) }),
  })
  return { move: (contact: Contact, to: string) => mutation.mutate({ contact, to }) }
}
