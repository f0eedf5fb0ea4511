// Personal data as people write it: the cases that the server and the page are held to.
import { readFileSync } from 'node:fs'

export interface Corpus {
  values: { mask: string; text: string }[]
  places: { place: string; template: string; output?: string }[]
  cases: { place: string; input: string; output: string }[]
  kept: { place: string; text: string }[]
}

export const CORPUS = JSON.parse(
  readFileSync(`${__dirname}/../../../crates/domain/src/privacy/personal-data.json`, 'utf8'),
) as Corpus

/** As browsers write it into an address; what is escaped already stays so. */
export const encoded = (text: string): string => encodeURIComponent(text).replace(/%25/g, '%')
