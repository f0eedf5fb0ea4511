// The dialog that names a new board.
import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FormFailure, fieldError } from '../../ui/FormFailure'
import { type Board, type NewBoard, useCreateBoard } from './api'
import { MAX_NAME } from './model'

type Props = {
  projectId: string
  cards?: NewBoard['cards']
  onMade: (board: Board) => void
  onClose: () => void
}

export function NewBoardDialog({ projectId, cards = [], onMade, onClose }: Props) {
  const create = useCreateBoard(projectId)
  const [name, setName] = useState('')
  const [visibility, setVisibility] = useState<NewBoard['visibility']>('own')

  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim() && !create.isPending)
      create.mutate({ name: name.trim(), visibility, cards }, { onSuccess: (board) => onMade(board) })
  }

  return (
    <Modal opened onClose={onClose} title="Create a board">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            placeholder="Monday morning"
            required
            data-autofocus
            autoComplete="off"
            maxLength={MAX_NAME}
            value={name}
            error={fieldError(create.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label="Who sees it"
            value={visibility}
            onChange={(next) => setVisibility(next === 'project' ? 'project' : 'own')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="own" label="Only you" />
              <Radio value="project" label="Everybody in this project" />
            </Stack>
          </Radio.Group>
          <FormFailure error={create.error} fields={['name']} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!name.trim()} loading={create.isPending}>
              Create board
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
