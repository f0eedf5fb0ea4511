// One widget: its name and id, whether it is on, where it may stand, and its actions.
import { ActionIcon, Menu, Switch } from '@mantine/core'
import { IconCode, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { CopyIcon } from '../../ui/Copy'
import { Time } from '../../ui/Figures'
import { toastFailed } from '../../ui/toast'
import type { Widget } from './model'
import { useChangeWidget } from './widgetApi'
import { KIND_LABELS } from './widgetKinds'
import classes from './Widgets.module.css'

type Props = { projectId: string; widget: Widget; canChange: boolean; onSnippet: () => void; onEdit: () => void; onDelete: () => void }

export function WidgetRow({ projectId, widget, canChange, onSnippet, onEdit, onDelete }: Props) {
  const change = useChangeWidget(projectId)
  const toggle = (isActive: boolean) =>
    change.mutate(
      { id: widget.id, change: { is_active: isActive } },
      { onError: (error) => toastFailed(`${widget.name} stays switched ${isActive ? 'off' : 'on'}`, error) },
    )
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span className={classes.name}>
          {widget.name}
          {widget.is_demo && <span className={classes.tag}>demo</span>}
          {!widget.is_active && <span className={classes.tag}>off</span>}
        </span>
        <span className={classes.id}>
          <code>{widget.id}</code>
          <CopyIcon text={widget.id} what="widget id" />
        </span>
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>Domains</dt>
          <dd title={widget.allowed_domains.join(', ') || undefined}>{widget.allowed_domains.join(', ') || 'Any domain'}</dd>
        </div>
        <div>
          <dt>Shown</dt>
          <dd>{KIND_LABELS[widget.kind] ?? widget.kind}</dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>
            <Time at={widget.created_at} />
          </dd>
        </div>
      </dl>
      <div className={classes.rowActions}>
        <Switch
          size="sm"
          aria-label={`${widget.name} accepts calls`}
          title={canChange ? undefined : 'Only owners and admins switch widgets'}
          checked={widget.is_active}
          disabled={!canChange}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${widget.name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCode size={14} />} onClick={onSnippet}>
              Show snippet
            </Menu.Item>
            {canChange && (
              <>
                <Menu.Item leftSection={<IconPencil size={14} />} onClick={onEdit}>
                  Edit
                </Menu.Item>
                <Menu.Item c="var(--ff-bad)" leftSection={<IconTrash size={14} />} onClick={onDelete}>
                  Delete
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  )
}
