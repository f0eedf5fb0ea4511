// Bots in words.
import { expect, test } from 'vitest'
import { botKind, botName } from './bots'

test('a rule means a kind of bot, and an unknown one a program', () => {
  expect(
    ['ua:bot', 'ua:headlesschrome', 'ua:pingdom', 'ua:whatsapp', 'ua:chatgpt-user', 'ua:curl', 'ua:missing'].map(
      botKind,
    ),
  ).toEqual(['Crawler', 'Automated browser', 'Monitor', 'Link preview', 'Assistant', 'Program', 'Program'])
})

test('a bot without a name is called what gave it away', () => {
  expect([
    botName({ name: 'Googlebot', rule: 'ua:bot' }),
    botName({ name: null, rule: 'ua:curl' }),
    botName({ rule: 'ua:scrapy' }),
  ]).toEqual(['Googlebot', 'curl', 'scrapy'])
})
