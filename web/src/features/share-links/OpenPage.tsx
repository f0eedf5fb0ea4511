// The page at a share link's address: opens it, asks for its password where it has one, and leads to what it shows.
import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { asProblem } from '../../api/problem'
import { openShared } from '../../api/shared'
import { FormFailure } from '../../ui/FormFailure'
import { Logo } from '../../ui/Logo'
import { openLink } from './api'
import { SHARED_PAGES, searchOf } from './model'
import classes from './ShareLinks.module.css'

const route = getRouteApi('/shared/$token')

export function OpenSharedPage() {
  const { token } = route.useParams()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const open = useMutation({
    mutationFn: (secret: string) => openLink({ token, ...(secret ? { password: secret } : {}) }),
    onSuccess: (link) => {
      const page = SHARED_PAGES.find((name) => name === link.page)
      const { board: boardId, ...search } = searchOf(link.search)
      const isBoard = link.page === 'board' && boardId !== undefined
      if (!page && !isBoard) return
      openShared(link)
      client.clear()
      const projectId = link.project.id
      return page
        ? navigate({ to: `/p/$projectId/${page}`, params: { projectId }, search, replace: true })
        : navigate({
            to: '/p/$projectId/boards/$boardId',
            params: { projectId, boardId: boardId ?? '' },
            search,
            replace: true,
          })
    },
  })
  const { mutate } = open
  useEffect(() => {
    openShared(null)
    mutate('')
  }, [mutate])

  const problem = open.error ? asProblem(open.error) : undefined
  if (problem?.status === 404)
    return (
      <Shell title="This link no longer works">
        <p className={classes.intro}>
          It was revoked or has expired, or a part of its address is missing. Ask the person who sent it for a new one.
        </p>
      </Shell>
    )
  if (problem?.field === 'password' || problem?.status === 403 || password !== '') {
    const submit = (event: FormEvent) => {
      event.preventDefault()
      mutate(password)
    }
    const failure = problem?.field === 'password' && problem.status !== 403 && open.variables === '' ? null : open.error
    return (
      <Shell title="This page needs a password">
        <form className={classes.form} onSubmit={submit}>
          <PasswordInput
            label="Password"
            description="The person who sent you the link knows it."
            autoComplete="off"
            required
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <FormFailure error={failure} />
          <Button type="submit" size="sm" loading={open.isPending} disabled={password === ''}>
            Open
          </Button>
        </form>
      </Shell>
    )
  }
  if (problem)
    return (
      <Shell title="The page could not be opened">
        <FormFailure error={problem} />
        <Button size="sm" variant="default" loading={open.isPending} onClick={() => mutate('')}>
          Try again
        </Button>
      </Shell>
    )
  return (
    <Shell title="Opening the page">
      <p className={classes.intro} role="status">
        One moment.
      </p>
    </Shell>
  )
}

function Shell({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <Logo />
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
    </main>
  )
}
