// The dialog that creates a project and goes to its installation.
import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import { browserZone } from '../../lib/zone'
import { toastDone } from '../../ui/toast'
import { ZoneSelect } from '../../ui/ZoneSelect'
import { useCreateProject } from './api'

export function CreateProject({ onClose }: { onClose: () => void }) {
  const create = useCreateProject()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [zone, setZone] = useState(browserZone)

  function submit(event: FormEvent) {
    event.preventDefault()
    create.mutate(
      { name: name.trim(), time_zone: zone },
      {
        onSuccess: (project) => {
          onClose()
          toastDone(`Project ${project.name} created`)
          void navigate({ to: '/p/$projectId/settings/api-keys', params: { projectId: project.id } })
        },
      },
    )
  }

  return (
    <Modal opened onClose={onClose} title="Create a project">
      <form onSubmit={submit}>
        <TextInput
          label="Name"
          description="Each project has its own data, keys and members."
          required
          data-autofocus
          value={name}
          error={create.error && (asProblem(create.error).detail || asProblem(create.error).title)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ZoneSelect value={zone} onChange={setZone} />
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!name.trim()}>
            Create project
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
