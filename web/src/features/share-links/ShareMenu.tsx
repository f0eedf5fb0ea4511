// Shares a page as it is, or a board: the dialog that makes a link, and the link, which is shown this once.
import { Button, Checkbox, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { IconShare } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useRole } from '../../api/useRole'
import { type AnalysisSearch, activeFilters } from '../../lib/analysis'
import { filterWords } from '../../lib/filters'
import { instant } from '../../lib/period'
import { Snippet } from '../../ui/Copy'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { useCreateShareLink } from './api'
import {
  analysisOfLink,
  EXPIRIES,
  embedCode,
  MIN_PASSWORD,
  PAGE_LABELS,
  type SharedPage,
  searchText,
  sharedPageOf,
} from './model'
import classes from './ShareLinks.module.css'

type Props = { projectId: string; page: SharedPage; search: string; title: string }
type Made = { name: string; address: string; canEmbed: boolean }

/** On pages that can be shared, for those who may share them. */
export function ShareMenu({ projectId, search }: { projectId: string; search: Record<string, unknown> }) {
  const page = sharedPageOf(useLocation({ select: ({ pathname }) => pathname }))
  return page ? (
    <Share
      variant="subtle"
      projectId={projectId}
      page={page}
      search={searchText(search)}
      title={`Share ${PAGE_LABELS[page]}`}
    />
  ) : null
}

type BoardProps = { projectId: string; board: { id: string; name: string }; search: AnalysisSearch }

/** Of a board that all in the project see, with its period; only the filters of its cards hold for everybody who opens it. */
export function ShareBoard({ projectId, board, search: { period, from, to } }: BoardProps) {
  return (
    <Share
      variant="default"
      projectId={projectId}
      page="board"
      search={searchText({ board: board.id, period, from, to })}
      title={`Share ${board.name}`}
    />
  )
}

function Share({ variant, ...shared }: Props & { variant: 'subtle' | 'default' }) {
  const { may } = useRole(shared.projectId)
  const [isOpen, setOpen] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  if (!may('admin')) return null
  return (
    <>
      <Button
        variant={variant}
        {...(variant === 'subtle' ? { color: 'gray' } : {})}
        leftSection={<IconShare size={14} />}
        onClick={() => setOpen(true)}
      >
        Share
      </Button>
      {isOpen && (
        <ShareForm {...shared} onClose={() => setOpen(false)} onMade={(link) => (setOpen(false), setMade(link))} />
      )}
      {made && <MadeLink {...made} onClose={() => setMade(null)} />}
    </>
  )
}

const OF_BOARD =
  'Anyone with the link sees this board without signing in, for any period: its cards of Overview, Acquisition, Friction, Journeys and Performance, each only with its filters. Other cards stay in the project.'

const ofPage = (hasFilters: boolean) =>
  `Anyone with the link sees the figures of this page without signing in, for any period${
    hasFilters ? ', and only with these filters:' : '. Set filters first to share a part of them.'
  }`

function ShareForm({
  projectId,
  page,
  search,
  title,
  onClose,
  onMade,
}: Props & { onClose: () => void; onMade: (made: Made) => void }) {
  const create = useCreateShareLink(projectId)
  const [name, setName] = useState('')
  const [days, setDays] = useState('30')
  const [password, setPassword] = useState('')
  const [canEmbed, setCanEmbed] = useState(false)
  const filters = activeFilters(analysisOfLink(search))

  function submit(event: FormEvent) {
    event.preventDefault()
    const expiry = days ? { expires_at: instant(Date.now() + Number(days) * 86_400_000) } : {}
    const body = { name: name.trim(), page, search, can_embed: canEmbed, ...expiry, ...(password ? { password } : {}) }
    create.mutate(body, {
      onSuccess: ({ path }) => onMade({ name: name.trim(), address: window.location.origin + path, canEmbed }),
    })
  }

  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <div>
            <p className={classes.note}>{page === 'board' ? OF_BOARD : ofPage(filters.length > 0)}</p>
            {filters.length > 0 && (
              <ul className={classes.filters} aria-label="Filters of the link">
                {filters.map(filterWords).map(({ name: dimension, verb, value }) => (
                  <li key={`${dimension} ${verb} ${value}`}>{[dimension, verb, value].filter(Boolean).join(' ')}</li>
                ))}
              </ul>
            )}
          </div>
          <TextInput
            label="Name"
            description="For whom it is."
            placeholder="Weekly figures for the client"
            required
            data-autofocus
            autoComplete="off"
            value={name}
            error={fieldError(create.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="Expires"
            data={EXPIRIES}
            allowDeselect={false}
            value={days}
            error={fieldError(create.error, 'expires_at')}
            onChange={(value) => setDays(value ?? '')}
          />
          <PasswordInput
            label="Password"
            description={`Optional; at least ${MIN_PASSWORD} characters. Send it by another way than the link.`}
            autoComplete="new-password"
            value={password}
            error={fieldError(create.error, 'password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Checkbox
            label="Other sites may show it in a frame"
            checked={canEmbed}
            onChange={(event) => setCanEmbed(event.currentTarget.checked)}
          />
          <FormFailure error={create.error} fields={['name', 'expires_at', 'password']} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              disabled={!name.trim() || (password !== '' && password.length < MIN_PASSWORD)}
              loading={create.isPending}
            >
              Create link
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function MadeLink({ name, address, canEmbed, onClose }: Made & { onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Link ${name}`}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      size={560}
    >
      <div className={classes.made}>
        <Snippet code={address} what="Link" />
        {canEmbed && (
          <div>
            <h3>Code for other sites</h3>
            <Snippet code={embedCode(address, name)} what="Code for other sites" />
          </div>
        )}
        <p className={classes.warning}>
          Copy it now: the link is shown only once. You can revoke it under Settings, Share links.
        </p>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </div>
    </Modal>
  )
}
