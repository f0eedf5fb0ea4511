// Sets of cards to begin a board with; a board is made of one only when it is chosen. Pure.
import type { NewBoard } from './api'
import type { Width } from './layout'
import { withCard } from './model'

export type Starter = {
  key: string
  name: string
  about: string
  cards: readonly (readonly [piece: string, width: Width])[]
}

export const STARTERS: readonly Starter[] = [
  {
    key: 'monday',
    name: 'Monday morning',
    about: 'How the week went: visitors, orders, what people struggled with, and what it cost.',
    cards: [
      ['overview.visitors', 1],
      ['overview.sessions', 1],
      ['overview.conversions', 1],
      ['overview.friction-share', 1],
      ['overview.traffic', 4],
      ['overview.friction-cost', 4],
      ['overview.pages', 2],
      ['overview.goals', 2],
    ],
  },
  {
    key: 'checkout',
    name: 'Checkout health',
    about: 'Whether visitors get through: conversion, friction by element, forms, errors and speed.',
    cards: [
      ['overview.conversion-rate', 1],
      ['overview.friction-rate', 1],
      ['performance.largest-contentful-paint', 1],
      ['performance.interaction-to-next-paint', 1],
      ['friction.kinds', 4],
      ['friction.items', 4],
      ['forms.list', 2],
      ['errors.list', 2],
    ],
  },
  {
    key: 'marketing',
    name: 'Marketing',
    about: 'Where visitors come from, what they land on, and which of it brings orders.',
    cards: [
      ['acquisition.figures', 4],
      ['acquisition.channel', 2],
      ['acquisition.utm-campaign', 2],
      ['overview.traffic', 4],
      ['acquisition.country', 1],
      ['acquisition.device', 1],
      ['acquisition.entry-path', 2],
    ],
  },
]

export function boardOf({ name, cards }: Starter): NewBoard {
  return {
    name,
    visibility: 'own',
    cards: cards.reduce<NewBoard['cards']>(
      (all, [piece, width]) => withCard(all, { piece, title: null, search: '', width }),
      [],
    ),
  }
}
