// The one theme: neutral greys, one accent, 13–14 px type, a 4 px grid, radius 6, no shadows on flat cards.
import { createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef0fe',
  '#dde1fb',
  '#bcc4f5',
  '#98a4ee',
  '#7786e8',
  '#5b6be0',
  '#4355d4',
  '#3746b8',
  '#2d3a99',
  '#242f7a',
]

const red: MantineColorsTuple = [
  '#fdecec',
  '#fbd9d9',
  '#f4b3b4',
  '#f2979a',
  '#f4868a',
  '#cf4248',
  '#bf2b32',
  '#a5252b',
  '#872026',
  '#68191e',
]

const gray: MantineColorsTuple = [
  '#fafafb',
  '#f3f3f5',
  '#e9e9ed',
  '#dddde3',
  '#c8c9d1',
  '#a2a4af',
  '#777a86',
  '#565964',
  '#3a3c45',
  '#202127',
]

const dark: MantineColorsTuple = [
  '#d9dae0',
  '#b5b7c0',
  '#9b9da8',
  '#6d6f7a',
  '#393b43',
  '#2d2f36',
  '#1f2025',
  '#141518',
  '#101113',
  '#0b0c0e',
]

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  colors: { accent, red, gray, dark },
  white: '#ffffff',
  black: '#18191d',
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.3' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    // The library's own sizes of help and errors, 10 and 11 px, are too small to read.
    InputWrapper: { styles: { description: { fontSize: 12 }, error: { fontSize: 12 } } },
    SegmentedControl: { styles: { label: { padding: '4px 12px' } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Tooltip: {
      defaultProps: { openDelay: 250, withArrow: false, multiline: true, maw: 280, transitionProps: { duration: 100 } },
    },
    Popover: { defaultProps: { shadow: 'sm', transitionProps: { duration: 100 } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, shadow: 'sm', transitionProps: { duration: 100 } } },
    // Locking the scroll injects a <style> at run time, which the CSP forbids.
    Modal: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        lockScroll: false,
        centered: true,
        transitionProps: { duration: 120 },
      },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } },
  },
})
