// One widget: its name and id, whether it is on, where it may stand, and its actions.
import { CopyIcon } from '../../ui/Copy'
import { EmbedRow } from '../../ui/EmbedRow'
import { toastFailed } from '../../ui/toast'
import type { Widget } from './model'
import { useChangeWidget } from './widgetApi'
import { KIND_LABELS } from './widgetKinds'

type Props = { projectId: string; widget: Widget; canChange: boolean; onSnippet: () => void; onEdit: () => void; onDelete: () => void }

export function WidgetRow({ projectId, widget, ...actions }: Props) {
  const change = useChangeWidget(projectId)
  const toggle = (isActive: boolean) =>
    change.mutate(
      { id: widget.id, change: { is_active: isActive } },
      { onError: (error) => toastFailed(`${widget.name} stays switched ${isActive ? 'off' : 'on'}`, error) },
    )
  return (
    <EmbedRow
      name={widget.name}
      tags={widget.is_demo ? ['demo'] : []}
      id={
        <>
          <code>{widget.id}</code>
          <CopyIcon text={widget.id} what="widget id" />
        </>
      }
      domains={widget.allowed_domains}
      facts={[['Shown', KIND_LABELS[widget.kind] ?? widget.kind]]}
      createdAt={widget.created_at}
      isActive={widget.is_active}
      accepts="calls"
      onToggle={toggle}
      {...actions}
    />
  )
}
