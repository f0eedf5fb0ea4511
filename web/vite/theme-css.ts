// Turns the Mantine theme into a static style sheet at build time, so that nothing injects <style> at run time (the CSP forbids it).
import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import type { Plugin } from 'vite'
import { theme } from '../src/ui/theme'

const ID = 'virtual:theme.css'
const RESOLVED = '\0' + ID

export function themeCss(): Plugin {
  return {
    name: 'footfall-theme-css',
    resolveId: (id) => (id === ID ? RESOLVED : null),
    load: (id) =>
      id === RESOLVED
        ? convertCssVariables(defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme)))
        : null,
  }
}
