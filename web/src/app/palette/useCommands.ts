// What the palette can do here: the areas and actions of the member's role, their projects, saved questions, and the people who are looked for.
import { useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { answer, api } from '../../api/client'
import { projectKey } from '../../api/keys'
import { useRole } from '../../api/useRole'
import { boardsQuery } from '../../features/boards/api'
import { contactName } from '../../features/crm/contacts/model'
import { savedQuestionsQuery } from '../../features/sql/api'
import { analysisOf } from '../../lib/analysis'
import { ANALYTICS, AREAS } from '../areas'
import { useLeave } from '../useLeave'
import { type Command, looksForPeople, looksLikeSession } from './commands'

export type RunnableCommand = Command & { run: () => void }

/** Of each list of people. */
const PEOPLE_SHOWN = 5

type Dialogs = { onNote: () => void; onSheet: () => void }

export function useCommands(projectId: string, query: string, { onNote, onSheet }: Dialogs) {
  const { me, may } = useRole(projectId)
  const navigate = useNavigate()
  const leave = useLeave()
  const search = analysisOf(useSearch({ strict: false }))
  // Without this option Mantine injects a <style> during the change, which the CSP forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const questions = useQuery({ ...savedQuestionsQuery(projectId), enabled: may('analyst') })
  const boards = useQuery(boardsQuery(projectId))
  const people = usePeople(projectId, query, may('analyst'))
  const params = { projectId }

  const isHere = (needed: Parameters<typeof may>[0] | undefined, to: string) =>
    to.endsWith('/operations') ? me?.is_server_owner === true : may(needed ?? 'viewer')
  const pages = AREAS.filter(({ needed, to }) => isHere(needed, to)).map((area): RunnableCommand => {
    const isAnalytic = ANALYTICS.some(({ to }) => to === area.to)
    return {
      id: `page ${area.to}`,
      group: 'Page',
      label: area.label,
      ...(area.words ? { words: area.words } : {}),
      ...(area.key ? { keys: `g ${area.key}` } : {}),
      run: () => void navigate({ to: area.to, params, search: isAnalytic ? search : {} }),
    }
  })
  const account: RunnableCommand = {
    id: 'page account',
    group: 'Page',
    label: 'Your account',
    words: 'password name',
    run: () => void navigate({ to: '/p/$projectId/account', params }),
  }
  const projects = (me?.projects ?? [])
    .filter(({ id }) => id !== projectId)
    .map(
      ({ id, name }): RunnableCommand => ({
        id: `project ${id}`,
        group: 'Project',
        label: name,
        words: 'switch project',
        run: () => void navigate({ to: '/p/$projectId/overview', params: { projectId: id } }),
      }),
    )
  const saved = (may('analyst') ? (questions.data?.saved_questions ?? []) : []).map(
    ({ id, name, description }): RunnableCommand => ({
      id: `question ${id}`,
      group: 'Saved question',
      label: name,
      detail: description,
      run: () => void navigate({ to: '/p/$projectId/sql', params, search: { q: id } }),
    }),
  )
  const ownBoards = (boards.data?.boards ?? []).map(
    ({ id, name }): RunnableCommand => ({
      id: `board ${id}`,
      group: 'Board',
      label: name,
      run: () => void navigate({ to: '/p/$projectId/boards/$boardId', params: { projectId, boardId: id }, search }),
    }),
  )
  const isDark =
    colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  const actions: RunnableCommand[] = [
    ...(may('admin')
      ? [
          {
            id: 'action key',
            group: 'Action' as const,
            label: 'Create API key',
            run: () => void navigate({ to: '/p/$projectId/settings/api-keys', params, search: { create: true } }),
          },
        ]
      : []),
    ...(may('analyst')
      ? [
          {
            id: 'action note',
            group: 'Action' as const,
            label: 'Add note to the time line',
            words: 'annotation release',
            run: onNote,
          },
        ]
      : []),
    {
      id: 'action scheme',
      group: 'Action',
      label: isDark ? 'Use light colours' : 'Use dark colours',
      words: 'theme scheme toggle',
      run: () => setColorScheme(isDark ? 'light' : 'dark'),
    },
    { id: 'action shortcuts', group: 'Action', label: 'Show keyboard shortcuts', keys: '?', run: onSheet },
    { id: 'action sign out', group: 'Action', label: 'Sign out', words: 'leave log out', run: leave.leave },
  ]
  const sessions: RunnableCommand[] =
    may('analyst') && looksLikeSession(query.trim())
      ? [
          {
            id: 'session',
            group: 'Session',
            label: `Open session ${query.trim()}`,
            run: () =>
              void navigate({
                to: '/p/$projectId/sessions/$sessionId',
                params: { projectId, sessionId: query.trim() },
              }),
          },
        ]
      : []
  const contacts = (people.contacts.data?.contacts ?? []).map((contact): RunnableCommand => {
    const label = contactName(contact)
    const detail = contact.email && contact.email !== label ? { detail: contact.email } : {}
    return {
      id: `contact ${contact.id}`,
      group: 'Contact',
      label,
      ...detail,
      run: () => void navigate({ to: '/p/$projectId/contacts', params, search: { open: contact.id } }),
    }
  })
  const customers = (people.customers.data?.customers ?? []).map(
    ({ id, name, email }): RunnableCommand => ({
      id: `customer ${id}`,
      group: 'Customer',
      label: name || email || id,
      ...(name && email ? { detail: email } : {}),
      run: () => void navigate({ to: '/p/$projectId/customers', params, search: { open: id } }),
    }),
  )
  return {
    memberId: me?.member.id ?? '',
    known: [...pages, account, ...ownBoards, ...saved, ...projects, ...actions],
    found: [...sessions, ...contacts, ...customers],
    isSearching: people.contacts.isFetching || people.customers.isFetching,
  }
}

/** Contacts and customers by name or e-mail. What was found is not kept: it is about people. */
function usePeople(projectId: string, query: string, mayRead: boolean) {
  const search = query.trim()
  const enabled = mayRead && looksForPeople(search)
  const path = { project_id: projectId }
  const contacts = useQuery({
    queryKey: [...projectKey(projectId, 'palette/contacts'), search],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/contacts', {
          params: { path, query: { search, limit: PEOPLE_SHOWN } },
          signal,
        }),
      ),
    enabled,
    gcTime: 0,
  })
  const customers = useQuery({
    queryKey: [...projectKey(projectId, 'palette/customers'), search],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/projects/{project_id}/customers/metrics', {
          params: { path, query: { search, sessions: 1, limit: PEOPLE_SHOWN } },
          signal,
        }),
      ),
    enabled,
    gcTime: 0,
  })
  return { contacts, customers }
}
