// Small labels: friction kinds, severity, and ratings; colour never carries the meaning alone.
import type { ReactNode } from 'react'
import { kindHelp, kindLabel, kindSeverity, sentence } from '../lib/words'
import classes from './Badges.module.css'

export function KindBadge({ kind, count }: { kind: string; count?: string }) {
  return (
    <span className={classes.kind} title={kindHelp(kind) || undefined}>
      {kindLabel(kind)}
      {count !== undefined && <b>{count}</b>}
    </span>
  )
}

/** A kind in the colour of its severity: of the event's own, else of its kind. */
export function SeverityBadge({ kind, severity }: { kind: string; severity?: string | null | undefined }) {
  return (
    <span
      className={classes.level}
      data-tone={TONES[severity ?? kindSeverity(kind)] ?? 'plain'}
      title={kindHelp(kind) || undefined}
    >
      {kindLabel(kind)}
    </span>
  )
}

const TONES: Record<string, string> = {
  high: 'bad',
  medium: 'warn',
  low: 'plain',
  poor: 'bad',
  needs_improvement: 'warn',
  good: 'good',
}

export function ToneBadge({ tone, children }: { tone: 'plain' | 'good' | 'warn' | 'bad'; children: ReactNode }) {
  return (
    <span className={classes.level} data-tone={tone}>
      {children}
    </span>
  )
}

/** `label` replaces the level's own words. */
export function LevelBadge({ level, label }: { level: string; label?: string }) {
  return (
    <span className={classes.level} data-tone={TONES[level] ?? 'plain'}>
      {label ?? sentence(level)}
    </span>
  )
}
