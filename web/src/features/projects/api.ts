// Creating projects.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../api/client'
import { meQuery } from '../../api/session'
import type { Project } from '../../api/types'

export function useCreateProject() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; time_zone: string }): Promise<Project> =>
      answer(api.POST('/api/projects', { body })),
    onSuccess: (project) => {
      client.setQueryData(meQuery.queryKey, (me) => me && { ...me, projects: [...me.projects, project] })
      return client.invalidateQueries({ queryKey: meQuery.queryKey })
    },
  })
}
