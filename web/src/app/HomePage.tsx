// The page of a member without a project.
import { Button } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery } from '../api/session'
import { lazily } from '../ui/lazily'
import { Empty } from '../ui/States'

const CreateProject = lazily(() => import('../features/projects/CreateProject').then((dialog) => dialog.CreateProject))

export function HomePage() {
  const { data: me } = useQuery(meQuery)
  return <main>{me?.may_create_projects ? <FirstProject /> : <NoProject />}</main>
}

function FirstProject() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Empty
        icon={IconFolderPlus}
        title="Create your first project"
        action={
          <Button size="sm" onClick={() => setOpen(true)}>
            Create project
          </Button>
        }
      >
        A project contains the data, keys and members of one site or app.
      </Empty>
      {isOpen && <CreateProject onClose={() => setOpen(false)} />}
    </>
  )
}

function NoProject() {
  return (
    <Empty icon={IconFolderPlus} title="You are not a member of any project">
      Ask an owner or admin of a project to invite you. Only the owner of this server can create projects.
    </Empty>
  )
}
