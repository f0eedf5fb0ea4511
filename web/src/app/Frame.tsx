// The frame of a project: the rail beside the page, or a bar with a drawer on small screens.
import { ActionIcon } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { Outlet, useMatches, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { LiveProvider } from '../api/LiveProvider'
import { recall, remember } from '../lib/store'
import { setProjectZone, unknownZone } from '../lib/zone'
import { Logo } from '../ui/Logo'
import { lazily } from '../ui/lazily'
import { MemberContext } from '../ui/member'
import { usePageName } from '../ui/pageName'
import { CardEndContext } from '../ui/tile'
import { AddToBoard } from './AddToBoard'
import { NotFound } from './Failures'
import classes from './Frame.module.css'
import { LiveCounter } from './LiveCounter'
import { type Overlay, Overlays } from './palette/Overlays'
import { Rail } from './Rail'
import { useChangeOfZone } from './useChangeOfZone'
import { useProject } from './useProject'

const MenuDrawer = lazily(() => import('./MenuDrawer').then((menu) => menu.MenuDrawer))

export function Frame() {
  const { projectId } = useParams({ from: '/p/$projectId' })
  const [isCollapsed, setCollapsed] = useState(() => recall('rail') === 'collapsed')
  // The drawer is there from when it is first opened.
  const [menu, setMenu] = useState<'unused' | 'open' | 'closed'>('unused')
  const [overlay, setOverlay] = useState<Overlay>(null)
  const { me, project } = useProject(projectId)
  const pageName = usePageName()
  const pageTitle =
    useMatches({ select: (matches) => matches.findLast((match) => match.staticData.title)?.staticData.title }) ??
    'Not found'
  const title = pageName ?? pageTitle

  useEffect(() => {
    document.title = project ? `${title} · ${project.name} · Footfall` : 'Not found · Footfall'
    if (project) remember('project', project.id)
  }, [title, project])

  function toggle() {
    remember('rail', isCollapsed ? 'open' : 'collapsed')
    setCollapsed(!isCollapsed)
  }

  const zone = project?.time_zone ?? 'UTC'
  setProjectZone(zone)
  useChangeOfZone(projectId, project?.time_zone)

  // Without a member there is nothing to say: they are on their way to the sign-in page.
  if (!project) return me ? <NotFound /> : null
  return (
    <MemberContext value={me?.member.id}>
      <LiveProvider key={`${projectId} ${zone}`} projectId={projectId}>
        <a className={classes.skip} href="#content">
          Skip to content
        </a>
        <div className={classes.frame} data-collapsed={isCollapsed || undefined}>
          <div className={classes.rail}>
            <Rail
              projectId={projectId}
              isCollapsed={isCollapsed}
              onToggle={toggle}
              onSearch={() => setOverlay('palette')}
            />
          </div>
          <header className={classes.bar}>
            <ActionIcon size="lg" aria-label="Open menu" onClick={() => setMenu('open')}>
              <IconMenu2 size={18} />
            </ActionIcon>
            <Logo isMarkOnly />
            <span className={classes.barTitle}>{project.name}</span>
            <ActionIcon
              className={classes.barSearch}
              size="lg"
              aria-label="Search and commands"
              onClick={() => setOverlay('palette')}
            >
              <IconSearch size={18} />
            </ActionIcon>
          </header>
          <main id="content" className={classes.content} tabIndex={-1}>
            <div className={classes.head}>
              <h1 className={classes.title}>{title}</h1>
              <LiveCounter />
            </div>
            {unknownZone() !== null && (
              <p className={classes.notice} role="status">
                This browser does not know the time zone {unknownZone()}; times are shown in UTC.
              </p>
            )}
            <CardEndContext value={AddToBoard}>
              <Outlet />
            </CardEndContext>
          </main>
        </div>
        {menu !== 'unused' && (
          <MenuDrawer
            projectId={projectId}
            isOpen={menu === 'open'}
            onClose={() => setMenu('closed')}
            onSearch={() => (setMenu('closed'), setOverlay('palette'))}
          />
        )}
        <Overlays projectId={projectId} shown={overlay} onShow={setOverlay} />
      </LiveProvider>
    </MemberContext>
  )
}
