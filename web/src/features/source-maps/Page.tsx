// The source maps of a project: which scripts they are of, who uploaded them, deleting them, and how a build uploads its own.
import { Button } from '@mantine/core'
import { IconFileCode } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useMembers } from '../../api/members'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { Snippet } from '../../ui/Copy'
import { type Column, DataTable } from '../../ui/DataTable'
import { Time } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { NeedsRole } from '../../ui/NeedsRole'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { toastDone } from '../../ui/toast'
import { type SourceMap, sourceMapsQuery, useDeleteSourceMap } from './api'
import { sizeText, uploadCommand } from './model'
import classes from './SourceMaps.module.css'

const route = getRouteApi('/p/$projectId/settings/source-maps')

export function SourceMapsPage() {
  const { projectId } = route.useParams()
  const { may, role } = useRole(projectId)
  if (role && !may('analyst'))
    return (
      <Card title="Source maps">
        <NeedsRole what="Source maps" needed="analyst" role={role} />
      </Card>
    )
  return (
    <div className={classes.page}>
      <Uploading projectId={projectId} />
      <MapList projectId={projectId} />
    </div>
  )
}

function Uploading({ projectId }: { projectId: string }) {
  return (
    <Card
      title="Upload with each release"
      help="Source maps never leave the server: members see the names, places and a few lines around each call. Shared pages show none of it."
    >
      <p className={classes.lead}>
        Run this after the build, with a secret key of the role analyst. <code>--url-prefix</code> is the address of the
        scripts, with <code>~</code> for any host.
      </p>
      <Snippet code={uploadCommand(window.location.origin, projectId)} what="Upload command" />
    </Card>
  )
}

function MapList({ projectId }: { projectId: string }) {
  const maps = useInfiniteQuery(sourceMapsQuery(projectId))
  const { nameOf } = useMembers(projectId)
  const [deleting, setDeleting] = useState<SourceMap | null>(null)
  const columns: Column<SourceMap>[] = [
    { key: 'url', header: 'Script', cell: ({ url }) => <code className={classes.url}>{url}</code>, small: 'title' },
    {
      key: 'release',
      header: 'Release',
      cell: ({ release }) => release ?? <span className={classes.muted}>None</span>,
    },
    { key: 'size', header: 'Size', align: 'right', cell: (map) => sizeText(map.size_bytes) },
    { key: 'uploaded', header: 'Uploaded', cell: (map) => <Time at={map.uploaded_at} /> },
    {
      key: 'by',
      header: 'By',
      cell: ({ uploaded_by: by }) => (by ? nameOf(by) : <span className={classes.muted}>A program</span>),
    },
    {
      key: 'actions',
      header: '',
      align: 'right',
      small: 'figure',
      cell: (map) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Delete the map of ${map.url}`}
          onClick={() => setDeleting(map)}
        >
          Delete
        </Button>
      ),
    },
  ]
  return (
    <Card
      title="Source maps"
      help="A project keeps 5,000 maps or 2 GiB. Maps that have not been uploaded for 7 days make room for new ones."
      flush
    >
      <Result what="The source maps" question={maps} skeleton={<RowsSkeleton rows={4} />}>
        {({ pages }) => {
          const rows = pages.flatMap(({ source_maps }) => source_maps)
          if (rows.length === 0)
            return (
              <Empty icon={IconFileCode} title="No source maps">
                Without them, stacks of errors name positions in minified scripts.
              </Empty>
            )
          return (
            <>
              <DataTable label="Source maps" columns={columns} rows={rows} rowKey={({ id }) => id} />
              <LoadMore
                shown={rows.length}
                what="source maps"
                one="source map"
                hasMore={maps.hasNextPage}
                isLoading={maps.isFetchingNextPage}
                onMore={() => void maps.fetchNextPage()}
              />
            </>
          )
        }}
      </Result>
      {deleting && <Delete projectId={projectId} map={deleting} onClose={() => setDeleting(null)} />}
    </Card>
  )
}

function Delete({ projectId, map, onClose }: { projectId: string; map: SourceMap; onClose: () => void }) {
  const remove = useDeleteSourceMap(projectId)
  return (
    <ConfirmDialog
      title="Delete source map"
      action="Delete source map"
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => remove.mutate(map.id, { onSuccess: () => (toastDone('Source map deleted'), onClose()) })}
    >
      <p>
        Calls in <code className={classes.url}>{map.url}</code> are shown by another map of this script, or as browsers
        name them. You can upload it again.
      </p>
    </ConfirmDialog>
  )
}
