// Forms: which ones visitors begin and finish, and at which field they give up.
import { Button, Group } from '@mantine/core'
import { IconForms } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { activeFilters, analysisOf, withoutFilters } from '../../lib/analysis'
import { LinkButton } from '../../ui/LinkButton'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { AbandonmentPanel } from './AbandonmentPanel'
import { formsQuery } from './api'
import { FieldTable } from './FieldTable'
import classes from './Forms.module.css'
import { FormsCard } from './FormsCard'
import { type FormsSearch, openedOf, openFieldOf } from './model'

const route = getRouteApi('/p/$projectId/analysis/forms')

export function FormsPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { on: _on, form: _form, open: _open, ...scope } = search
  const forms = useQuery(formsQuery(projectId, scope))
  const show = (next: FormsSearch) => void navigate({ search: next, resetScroll: false })
  return (
    <Result
      what="The forms"
      question={forms}
      isFramed
      skeleton={
        <div className={classes.page}>
          <CardSkeleton height={180} />
          <CardSkeleton height={280} />
        </div>
      }
    >
      {(answer) => {
        const opened = openedOf(answer.forms, search)
        if (!opened) return <Nothing projectId={projectId} search={search} onShow={show} />
        const open = openFieldOf(opened, search)?.field
        const chosen = { ...scope, on: opened.path, form: opened.form }
        return (
          <>
            <div className={classes.page} data-stale={forms.isPlaceholderData || undefined}>
              <FormsCard
                answer={answer}
                opened={opened}
                onOpen={({ path, form }) => show({ ...scope, on: path, form })}
              />
              <FieldTable
                form={opened}
                open={open}
                onOpen={(field) => show(field === undefined ? chosen : { ...chosen, open: field })}
              />
            </div>
            {open !== undefined && (
              <AbandonmentPanel
                projectId={projectId}
                search={analysisOf(scope)}
                form={opened}
                field={open}
                onClose={() => show(chosen)}
              />
            )}
          </>
        )
      }}
    </Result>
  )
}

type NothingProps = { projectId: string; search: FormsSearch; onShow: (search: FormsSearch) => void }

function Nothing({ projectId, search, onShow }: NothingProps) {
  const isFiltered = activeFilters(search).length > 0
  return (
    <div className={classes.framed}>
      <Empty
        icon={IconForms}
        title={isFiltered ? 'No forms found' : 'No forms in this period'}
        action={
          isFiltered ? (
            <Button variant="default" onClick={() => onShow(withoutFilters(search))}>
              Remove filters
            </Button>
          ) : (
            <Group gap="xs" justify="center">
              <LinkButton to="/p/$projectId/sdk" params={{ projectId }} size="sm">
                Check the tracker’s settings
              </LinkButton>
              {search.period !== '90d' && (
                <Button variant="default" size="sm" onClick={() => onShow({ period: '90d' })}>
                  Show last 90 days
                </Button>
              )}
            </Group>
          )
        }
      >
        {isFiltered ? (
          'No visit that meets all filters began to fill in a form in this period.'
        ) : (
          <>
            Here you will see at which field visitors give up. Forms appear once visitors fill in a{' '}
            <code>&lt;form&gt;</code> on a page with the tracker, while the signal Forms is on in its settings. Fields
            are known by their names, never by their values.
          </>
        )}
      </Empty>
    </div>
  )
}
