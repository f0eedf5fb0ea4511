// Reading a person over all contracts, and writing notes on them.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../../api/client'
import { projectKey, questionKey, questionsOf } from '../../../api/keys'
import { pagedList } from '../../../api/list'
import { Problem } from '../../../api/problem'
import type { components } from '../../../api/schema.gen'
import { wholeList } from '../../../api/wholeList'
import { resolvePreset } from '../../../lib/period'
import { toastFailed } from '../../../ui/toast'
import type { MomentKind } from './model'

type Schemas = components['schemas']

export type Person = Schemas['Person']
export type PersonMoment = Schemas['PersonMoment']
export type Purchase = Schemas['Purchase']
export type VisitRow = Schemas['Session']

const PEOPLE = '/api/projects/{project_id}/people/{person_id}'

/** A person; null where there is none of that id. */
export const personQuery = (projectId: string, personId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'person', {}, personId),
    queryFn: ({ signal }): Promise<Person | null> =>
      answer(api.GET(PEOPLE, { params: { path: { project_id: projectId, person_id: personId } }, signal })).catch(
        (error: unknown) => {
          if (error instanceof Problem && error.status === 404) return null
          throw error
        },
      ),
  })

const kindsOf = (kinds: readonly MomentKind[]) => (kinds.length === 0 ? {} : { kinds: kinds.join(',') })

export const personTimelineQuery = (projectId: string, personId: string, kinds: readonly MomentKind[], limit = 50) =>
  pagedList(projectId, 'person/timeline', [personId, kinds, limit], ({ path, page, signal }) =>
    api.GET(`${PEOPLE}/timeline`, {
      params: { path: { ...path, person_id: personId }, query: { ...page, ...kindsOf(kinds), limit } },
      signal,
    }),
  )

export const wholeTimeline = (projectId: string, personId: string, kinds: readonly MomentKind[]) =>
  wholeList(`${PEOPLE}/timeline`, { project_id: projectId, person_id: personId }, kindsOf(kinds))

const VISITS = 20

/** The latest visits of the last 90 days, with what happened in them. */
export const visitsQuery = (projectId: string, userId: string) =>
  queryOptions({
    queryKey: questionKey(projectId, 'person/sessions', { period: '90d' }, userId),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/sessions', {
          params: {
            path: { project_id: projectId },
            query: { ...resolvePreset('90d', Date.now()), user_id: userId, limit: VISITS },
          },
          signal,
        }),
      ),
  })

/** How the tracker asks for consent: all that is known, for pages report none person by person. */
export const consentQuery = (projectId: string) =>
  queryOptions({
    queryKey: projectKey(projectId, 'person/consent'),
    queryFn: async ({ signal }) => {
      const { settings } = await answer(
        api.GET('/api/projects/{project_id}/sdk-settings', { params: { path: { project_id: projectId } }, signal }),
      )
      return String((settings as Record<string, unknown>).consent ?? '')
    },
    staleTime: 300_000,
  })

type NoteChange =
  | { kind: 'add'; text: string }
  | { kind: 'edit'; id: string; text: string }
  | { kind: 'delete'; id: string }

const NOT_DONE = { add: 'The note was not saved', edit: 'The note was not changed', delete: 'The note was not deleted' }

/** Writes, changes or deletes a note of one’s own. */
export function useNotes(projectId: string, personId: string) {
  const client = useQueryClient()
  const path = { project_id: projectId, person_id: personId }
  return useMutation({
    mutationFn: async (change: NoteChange): Promise<void> => {
      if (change.kind === 'add')
        await answer(api.POST(`${PEOPLE}/notes`, { params: { path }, body: { text: change.text } }))
      else if (change.kind === 'edit')
        await answer(
          api.PATCH(`${PEOPLE}/notes/{note_id}`, {
            params: { path: { ...path, note_id: change.id } },
            body: { text: change.text },
          }),
        )
      else await answer(api.DELETE(`${PEOPLE}/notes/{note_id}`, { params: { path: { ...path, note_id: change.id } } }))
    },
    onSuccess: () => client.invalidateQueries({ queryKey: questionsOf(projectId) }),
    onError: (error, { kind }) => toastFailed(NOT_DONE[kind], error),
  })
}
