// What a member without any project sees.
import { Button } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { CreateProject } from '../features/projects/CreateProject'
import { Empty } from '../ui/States'

export function HomePage() {
  const [isOpen, setOpen] = useState(false)
  return (
    <main>
      <Empty
        icon={IconFolderPlus}
        title="Create your first project"
        action={
          <Button size="sm" onClick={() => setOpen(true)}>
            Create project
          </Button>
        }
      >
        A project holds the keys and data of one site or app.
      </Empty>
      <CreateProject isOpen={isOpen} onClose={() => setOpen(false)} />
    </main>
  )
}
