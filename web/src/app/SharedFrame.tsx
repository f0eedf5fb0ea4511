// The frame of a page that a share link shows: the project and the page, and nothing that leads elsewhere.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useMatches } from '@tanstack/react-router'
import { type MouseEvent, useEffect, useState } from 'react'
import { answer, api } from '../api/client'
import { questionsOf } from '../api/keys'
import { type OpenedShareLink, sharedPath } from '../api/shared'
import { untilText } from '../lib/time'
import { Logo } from '../ui/Logo'
import { usePageName } from '../ui/pageName'
import { SharedContext } from '../ui/shared'
import frame from './Frame.module.css'
import classes from './SharedFrame.module.css'

/** Between two rounds of questions: a frame on a wall stays current. */
const REFRESH_MS = 60_000

export function SharedFrame({ link }: { link: OpenedShareLink }) {
  const { project, page } = link
  const pageName = usePageName()
  const pageTitle =
    useMatches({ select: (matches) => matches.findLast((match) => match.staticData.title)?.staticData.title }) ?? ''
  const title = pageName ?? pageTitle
  const logo = useQuery(logoQuery(link))
  const client = useQueryClient()
  const [hasNote, setNote] = useState(false)

  useEffect(() => {
    document.title = `${title} · ${project.name}`
  }, [title, project])
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void client.invalidateQueries({ queryKey: questionsOf(project.id) })
    }, REFRESH_MS)
    return () => clearInterval(timer)
  }, [client, project])

  /** What leads to other pages says that they are not shared, instead of doing nothing. */
  function stay(event: MouseEvent) {
    const target = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (
      !(target instanceof HTMLAnchorElement) ||
      target.target === '_top' ||
      target.getAttribute('href')?.startsWith('#')
    )
      return
    const isHere = target.origin === window.location.origin && target.pathname === sharedPath(link)
    if (isHere) return
    event.preventDefault()
    event.stopPropagation()
    setNote(true)
  }

  return (
    <SharedContext value>
      <a className={frame.skip} href="#content">
        Skip to content
      </a>
      <main id="content" className={frame.content} tabIndex={-1} onClickCapture={stay}>
        <div className={classes.head}>
          {logo.data && <img className={classes.logo} src={logo.data} alt="" />}
          <span className={classes.project}>{project.name}</span>
          <h1 className={frame.title}>{title}</h1>
          {link.expires_at && <span className={classes.ends}>Link ends {untilText(link.expires_at, Date.now())}</span>}
        </div>
        <p className={classes.note} role="status" hidden={!hasNote}>
          {hasNote && (
            <>
              Only this {page === 'board' ? 'board' : 'page'} was shared with you.{' '}
              <button type="button" onClick={() => setNote(false)}>
                Dismiss
              </button>
            </>
          )}
        </p>
        <Outlet />
        <footer className={classes.foot}>
          <Logo />
          {/* Out of another site's frame: what members see is never shown in one. */}
          <a href="/" target="_top">
            Sign in
          </a>
        </footer>
      </main>
    </SharedContext>
  )
}

/** The logo as a text: a picture's own request would not say who asks. */
const logoQuery = ({ project }: OpenedShareLink) => ({
  queryKey: ['shared-logo', project.logo_url],
  enabled: project.logo_url != null,
  staleTime: Infinity,
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const picture = await answer<Blob>(
      api.GET('/api/projects/{project_id}/logo', {
        params: { path: { project_id: project.id } },
        parseAs: 'blob',
        signal,
      }) as never,
    )
    return new Promise<string>((resolve, reject) => {
      const reader = new FileReader()
      reader.onload = () => resolve(String(reader.result))
      reader.onerror = () => reject(new Error('The logo could not be read'))
      reader.readAsDataURL(picture)
    })
  },
})
