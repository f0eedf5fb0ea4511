// Views of the menu of columns, in both schemes and on a small screen.
import type { Page } from 'playwright-core'
import { checkViews } from './support/views'

const openColumns = async (page: Page) => {
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('dialog', { name: 'Columns' }).waitFor()
}

checkViews([
  { name: 'columns-sessions', path: '/p/p1/sessions', act: openColumns },
  {
    name: 'columns-chosen',
    path: '/p/p1/friction',
    act: async (page) => {
      await openColumns(page)
      const menu = page.getByRole('dialog', { name: 'Columns' })
      await menu.getByRole('checkbox', { name: 'Severity' }).uncheck()
      await menu.getByRole('button', { name: 'Move Change up' }).click()
    },
  },
  { name: 'columns-tasks', path: '/p/p1/tasks', act: openColumns },
])
