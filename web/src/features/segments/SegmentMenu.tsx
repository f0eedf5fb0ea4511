// Saved segments in the filter bar: applies one, saves the filters of the page as one, renames, shares and deletes.
import { ActionIcon, Button, Popover } from '@mantine/core'
import { IconBookmark, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Segment, segmentsQuery, useCreateSegment, useDeleteSegment } from '../../api/segments'
import { useRole } from '../../api/useRole'
import { type AnalysisSearch, activeFilters, withFilters } from '../../lib/analysis'
import { filterWords, isSame, parseFilters } from '../../lib/filters'
import { Result } from '../../ui/Result'
import { RowsSkeleton } from '../../ui/States'
import { toastDone, toastFailed, toastUndo } from '../../ui/toast'
import { SegmentForm } from './SegmentForm'
import classes from './Segments.module.css'

type Props = { projectId: string; search: AnalysisSearch; onChange: (search: AnalysisSearch) => void }

export function SegmentMenu({ projectId, search, onChange }: Props) {
  const { may } = useRole(projectId)
  const [isOpen, setOpen] = useState(false)
  /** Being saved, or being changed. */
  const [edited, setEdited] = useState<Segment | 'new' | null>(null)
  const segments = useQuery({ ...segmentsQuery(projectId), enabled: isOpen })
  const filters = activeFilters(search)
  const isSaved = segments.data?.segments.some((segment) => isSame(parseFilters(segment.filters), filters)) ?? false
  const edit = (segment: Segment | 'new') => {
    setOpen(false)
    setEdited(segment)
  }
  return (
    <>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={300} trapFocus returnFocus>
        <Popover.Target>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconBookmark size={14} />}
            onClick={() => setOpen(!isOpen)}
          >
            Segments
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown} aria-label="Segments">
          <Result what="The segments" question={segments} skeleton={<RowsSkeleton rows={3} />}>
            {(data) => (
              <SegmentRows
                projectId={projectId}
                segments={data.segments}
                onApply={(segment) => {
                  setOpen(false)
                  onChange(withFilters(search, parseFilters(segment.filters)))
                }}
                onEdit={edit}
              />
            )}
          </Result>
          {may('analyst') && (
            <Button
              className={classes.save ?? ''}
              variant="default"
              disabled={filters.length === 0 || isSaved}
              onClick={() => edit('new')}
            >
              {isSaved ? 'These filters are saved' : 'Save filters as a segment'}
            </Button>
          )}
        </Popover.Dropdown>
      </Popover>
      {edited && (
        <SegmentForm
          projectId={projectId}
          segment={edited === 'new' ? undefined : edited}
          filters={filters}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  )
}

type RowsProps = {
  projectId: string
  segments: Segment[]
  onApply: (segment: Segment) => void
  onEdit: (segment: Segment) => void
}

function SegmentRows({ projectId, segments, onApply, onEdit }: RowsProps) {
  const { may } = useRole(projectId)
  const remove = useDeleteSegment(projectId)
  const create = useCreateSegment(projectId)
  if (segments.length === 0)
    return (
      <p className={classes.empty}>
        A segment is a set of filters under a name, such as “Mobile visitors from campaigns”. Add filters, then save
        them here.
      </p>
    )
  // By promises: the menu may be closed by then.
  const restore = ({ name, filters, is_shared }: Segment) =>
    void create.mutateAsync({ name, filters, is_shared }).then(
      () => toastDone(`${name} is back`),
      (error: Error) => toastFailed(`${name} was not restored`, error),
    )
  const forget = (segment: Segment) =>
    void remove.mutateAsync(segment.id).then(
      () => toastUndo(`Segment “${segment.name}” deleted`, () => restore(segment)),
      (error: Error) => toastFailed(`${segment.name} was not deleted`, error),
    )
  return (
    <ul className={classes.list} aria-label="Saved segments">
      {segments.map((segment) => (
        <li key={segment.id}>
          <button type="button" className={classes.apply} title={wordsOf(segment)} onClick={() => onApply(segment)}>
            <span>{segment.name}</span>
            <small>
              {segment.is_shared && <IconUsers size={12} aria-label="Shared with the project" />} {wordsOf(segment)}
            </small>
          </button>
          {segment.is_own && may('analyst') && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Edit the segment ${segment.name}`}
              onClick={() => onEdit(segment)}
            >
              <IconPencil size={14} />
            </ActionIcon>
          )}
          {((segment.is_own && may('analyst')) || may('admin')) && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Delete the segment ${segment.name}`}
              disabled={remove.isPending}
              onClick={() => forget(segment)}
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  )
}

/** "Browser is not Chrome, Session booked" */
function wordsOf({ filters }: Segment): string {
  return parseFilters(filters)
    .map((filter) => Object.values(filterWords(filter)).filter(Boolean).join(' '))
    .join(', ')
}
