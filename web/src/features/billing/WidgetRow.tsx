// One widget: its name and id, whether it is on, where it may stand, and its actions.
import { CopyIcon } from '../../ui/Copy'
import { EmbedRow } from '../../ui/EmbedRow'
import { switchWithUndo } from '../../ui/switchWithUndo'
import type { Widget } from './model'
import { useChangeWidget } from './widgetApi'
import { KIND_LABELS } from './widgetKinds'

type Props = {
  projectId: string
  widget: Widget
  canChange: boolean
  onSnippet: () => void
  onEdit: () => void
  onDelete: () => void
}

export function WidgetRow({ projectId, widget, ...actions }: Props) {
  const change = useChangeWidget(projectId)
  const toggle = (isActive: boolean) =>
    void switchWithUndo({
      name: widget.name,
      isActive,
      effect: { on: 'its calls are counted', off: 'its calls are not counted' },
      set: (is_active) => change.mutateAsync({ id: widget.id, change: { is_active } }),
    })
  return (
    <EmbedRow
      name={widget.name}
      tags={widget.is_demo ? ['Demo'] : []}
      id={
        <>
          <code>{widget.id}</code>
          <CopyIcon text={widget.id} what="widget id" />
        </>
      }
      domains={widget.allowed_domains}
      facts={[['Display', KIND_LABELS[widget.kind] ?? widget.kind]]}
      createdAt={widget.created_at}
      isActive={widget.is_active}
      accepts="calls"
      onToggle={toggle}
      {...actions}
    />
  )
}
