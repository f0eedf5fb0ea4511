// The frame of a project: a member's, or the one around a page that a link shows.
import { Navigate, useLocation } from '@tanstack/react-router'
import { sharedPage, sharedPath, tokenOf } from '../api/shared'
import { lazily } from '../ui/lazily'
import { Frame } from './Frame'

const SharedFrame = lazily(() => import('./SharedFrame').then((frame) => frame.SharedFrame))

export function ProjectFrame() {
  const path = useLocation({ select: ({ pathname }) => pathname })
  const link = sharedPage()
  if (!link) return <Frame />
  // Another page is not part of what the link shows: back to it.
  if (path !== sharedPath(link)) return <Navigate to="/shared/$token" params={{ token: tokenOf(link) }} replace />
  return <SharedFrame link={link} />
}
