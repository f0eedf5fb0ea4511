// The plain page around signing in and setting up.
import type { ReactNode } from 'react'
import { Logo } from '../../ui/Logo'
import classes from './Auth.module.css'

export function AuthShell({ title, intro, children }: { title: string; intro?: ReactNode; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <Logo />
        <h1 className={classes.title}>{title}</h1>
        {intro && <p className={classes.intro}>{intro}</p>}
        {children}
      </div>
    </main>
  )
}
