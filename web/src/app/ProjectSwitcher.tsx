// Chooses the project, or creates one.
import { Menu } from '@mantine/core'
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { lazily } from '../ui/lazily'
import classes from './Rail.module.css'
import { useProject } from './useProject'

const CreateProject = lazily(() => import('../features/projects/CreateProject').then((dialog) => dialog.CreateProject))

type Props = { projectId: string; isCollapsed: boolean; onNavigate: (() => void) | undefined }

export function ProjectSwitcher({ projectId, isCollapsed, onNavigate }: Props) {
  const { me, project } = useProject(projectId)
  const navigate = useNavigate()
  const [isCreating, setCreating] = useState(false)
  const name = project?.name ?? 'Choose a project'

  function open(id: string) {
    onNavigate?.()
    void navigate({ to: '/p/$projectId/overview', params: { projectId: id } })
  }

  return (
    <>
      <Menu position="bottom-start" width={224}>
        <Menu.Target>
          <button type="button" className={classes.switcher} aria-label={isCollapsed ? `Project ${name}` : undefined}>
            {project?.logo_url ? (
              <img className={classes.logo} src={project.logo_url} alt="" />
            ) : (
              <span className={classes.initial} data-letter={name.charAt(0).toUpperCase()} aria-hidden />
            )}
            {!isCollapsed && (
              <>
                <span className={classes.switcherName}>{name}</span>
                <IconSelector size={14} aria-hidden />
              </>
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Projects</Menu.Label>
          {me?.projects.map(({ id, name: projectName }) => (
            <Menu.Item
              key={id}
              onClick={() => open(id)}
              rightSection={id === projectId ? <IconCheck size={14} aria-label="Current" /> : null}
            >
              {projectName}
            </Menu.Item>
          ))}
          {me?.may_create_projects && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
                Create project
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isCreating && <CreateProject onClose={() => setCreating(false)} />}
    </>
  )
}
