// Declares the style sheet generated from the theme at build time.
/// <reference types="vite/client" />
declare module 'virtual:theme.css'
