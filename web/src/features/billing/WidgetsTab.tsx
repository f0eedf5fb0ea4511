// The call widgets: their names, the domains they may be used on, how often they are used, and the code that reports their calls.
import { Button } from '@mantine/core'
import { IconPhoneCall, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { Snippet } from '../../ui/Copy'
import { EmbedList } from '../../ui/EmbedRow'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { toastDone } from '../../ui/toast'
import type { BillingSearch, Widget } from './model'
import { WidgetActivity } from './WidgetActivity'
import { WidgetForm } from './WidgetForm'
import { WidgetRow } from './WidgetRow'
import classes from './Widgets.module.css'
import { useDeleteWidget, widgetsQuery } from './widgetApi'
import { widgetSnippet } from './widgetSnippet'

type Dialog = { kind: 'create' } | { kind: 'edit'; widget: Widget } | { kind: 'delete'; widget: Widget }

type Props = { projectId: string; search: BillingSearch; onChange: (search: BillingSearch) => void }

export function WidgetsTab({ projectId, search, onChange }: Props) {
  const { may } = useRole(projectId)
  const widgets = useQuery(widgetsQuery(projectId))
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [chosenId, setChosenId] = useState<string>()
  const chosen =
    widgets.data?.find(({ id }) => id === chosenId) ??
    widgets.data?.find((widget) => widget.is_active && !widget.is_demo) ??
    widgets.data?.[0]
  const canChange = may('admin')
  const create = canChange && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setDialog({ kind: 'create' })}>
      Create widget
    </Button>
  )

  return (
    <>
      <Card
        title="Widgets"
        help="Each widget reports its own calls. Calls of a widget that is switched off are rejected."
        flush
        actions={create}
      >
        <Result what="The widgets" question={widgets} skeleton={<RowsSkeleton rows={3} />}>
          {(list) =>
            list.length === 0 ? (
              <Empty icon={IconPhoneCall} title="Create a widget to count calls" action={create}>
                {canChange
                  ? 'You get a few lines of code for your page. Its calls are then counted and charged here.'
                  : 'Ask an owner or admin to create a widget.'}
              </Empty>
            ) : (
              <EmbedList>
                {list.map((widget) => (
                  <WidgetRow
                    key={widget.id}
                    projectId={projectId}
                    widget={widget}
                    canChange={canChange}
                    onSnippet={() => setChosenId(widget.id)}
                    onEdit={() => setDialog({ kind: 'edit', widget })}
                    onDelete={() => setDialog({ kind: 'delete', widget })}
                  />
                ))}
              </EmbedList>
            )
          }
        </Result>
      </Card>
      {chosen && <WidgetActivity projectId={projectId} search={search} onChange={onChange} />}
      {chosen && (
        <Card
          title="Install the widget"
          note={`for ${chosen.name}`}
          help="The widget id is public. It can only be used to report calls from the allowed domains."
        >
          <p className={classes.lead}>
            {chosen.is_demo
              ? 'This is a demo widget: nothing is stored or charged.'
              : 'Paste this code into the page that contains the widget, and call the function at each step of a call.'}
          </p>
          <Snippet code={widgetSnippet(window.location.origin, chosen.id)} what="Widget code" />
        </Card>
      )}
      {dialog?.kind === 'delete' && (
        <DeleteWidget projectId={projectId} widget={dialog.widget} onClose={() => setDialog(null)} />
      )}
      {(dialog?.kind === 'create' || dialog?.kind === 'edit') && (
        <WidgetForm
          projectId={projectId}
          onClose={() => setDialog(null)}
          onCreated={(widget) => setChosenId(widget.id)}
          {...(dialog.kind === 'edit' ? { widget: dialog.widget } : {})}
        />
      )}
    </>
  )
}

function DeleteWidget({ projectId, widget, onClose }: { projectId: string; widget: Widget; onClose: () => void }) {
  const remove = useDeleteWidget(projectId)
  return (
    <ConfirmDialog
      title={`Delete widget ${widget.name}`}
      word={widget.name}
      action="Delete widget"
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(widget.id, { onSuccess: () => (toastDone(`Widget ${widget.name} deleted`), onClose()) })
      }
    >
      <p>
        Pages can no longer report calls for this widget. Existing calls and charges are kept. To pause the widget,
        switch it off instead.
      </p>
    </ConfirmDialog>
  )
}
