// The share links of a project: what each shows, until when, when it was last used, and revoking it.
import { Button } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { activeFilters } from '../../lib/analysis'
import { filterWords } from '../../lib/filters'
import { untilText } from '../../lib/time'
import { LevelBadge } from '../../ui/Badges'
import { Card } from '../../ui/Card'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { type Column, DataTable } from '../../ui/DataTable'
import { Time } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import { NeedsRole } from '../../ui/NeedsRole'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { toastDone } from '../../ui/toast'
import { shareLinksQuery, useRevokeShareLink } from './api'
import { analysisOfLink, isExpired, PAGE_LABELS, type ShareLink, searchOf } from './model'
import classes from './ShareLinks.module.css'

const route = getRouteApi('/p/$projectId/settings/share-links')

export function ShareLinksPage() {
  const { projectId } = route.useParams()
  const { may, role } = useRole(projectId)
  const links = useQuery({ ...shareLinksQuery(projectId), enabled: may('admin') })
  const [revoking, setRevoking] = useState<ShareLink | null>(null)

  if (role && !may('admin'))
    return (
      <Card title="Share links">
        <NeedsRole what="Share links" needed="admin" role={role} />
      </Card>
    )
  const columns: Column<ShareLink>[] = [
    { key: 'name', header: 'Name', cell: (link) => <b>{link.name}</b>, small: 'title' },
    { key: 'shows', header: 'Shows', cell: (link) => <Shown projectId={projectId} link={link} /> },
    {
      key: 'access',
      header: 'Access',
      cell: (link) =>
        [link.has_password ? 'Link and password' : 'Link', ...(link.can_embed ? ['other sites'] : [])].join(', '),
    },
    { key: 'created', header: 'Created', cell: (link) => <Time at={link.created_at} /> },
    {
      key: 'used',
      header: 'Last used',
      cell: (link) =>
        link.last_used_at ? <Time at={link.last_used_at} /> : <span className={classes.muted}>Never</span>,
    },
    { key: 'expires', header: 'Expires', cell: (link) => <Ends link={link} /> },
    {
      key: 'actions',
      header: '',
      align: 'right',
      small: 'figure',
      cell: (link) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Revoke ${link.name}`}
          onClick={() => setRevoking(link)}
        >
          Revoke
        </Button>
      ),
    },
  ]
  return (
    <div className={classes.list}>
      <Card
        title="Share links"
        help="Each shows the figures of one page or board, with its filters, to anyone with the link. People, sessions and recordings are never shared."
        flush
      >
        <Result what="The share links" question={links} skeleton={<RowsSkeleton rows={3} />}>
          {(list) =>
            list.length === 0 ? (
              <Empty
                icon={IconShare}
                title="Nothing is shared"
                action={
                  <LinkButton to="/p/$projectId/overview" params={{ projectId }} variant="default">
                    Go to Overview
                  </LinkButton>
                }
              >
                Open a page such as Overview or Friction, set its filters, and choose Share: clients see it without an
                account.
              </Empty>
            ) : (
              <DataTable label="Share links" columns={columns} rows={list} rowKey={({ id }) => id} />
            )
          }
        </Result>
        {revoking && <Revoke projectId={projectId} link={revoking} onClose={() => setRevoking(null)} />}
      </Card>
    </div>
  )
}

function Shown({ projectId, link }: { projectId: string; link: ShareLink }) {
  const { board: boardId } = searchOf(link.search)
  const filters = activeFilters(analysisOfLink(link.search)).map(filterWords)
  return (
    <span className={classes.shown}>
      {boardId ? (
        <Link to="/p/$projectId/boards/$boardId" params={{ projectId, boardId }}>
          {PAGE_LABELS.board}
        </Link>
      ) : (
        PAGE_LABELS[link.page]
      )}
      {filters.length > 0 && (
        <small>
          {filters.map(({ name, verb, value }) => [name, verb, value].filter(Boolean).join(' ')).join('; ')}
        </small>
      )}
    </span>
  )
}

function Ends({ link }: { link: ShareLink }) {
  if (link.expires_at == null) return 'Never'
  return isExpired(link, Date.now()) ? <LevelBadge level="expired" /> : untilText(link.expires_at, Date.now())
}

function Revoke({ projectId, link, onClose }: { projectId: string; link: ShareLink; onClose: () => void }) {
  const revoke = useRevokeShareLink(projectId)
  return (
    <ConfirmDialog
      title={`Revoke ${link.name}`}
      action="Revoke link"
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() => revoke.mutate(link.id, { onSuccess: () => (toastDone(`Link ${link.name} revoked`), onClose()) })}
    >
      <p>The link shows nothing from now on, also on sites that have it in a frame. You cannot undo this.</p>
    </ConfirmDialog>
  )
}
