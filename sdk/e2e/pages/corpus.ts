// Small pages, what a visitor does on them, and the friction that it is, or is not.
//
// A page says what a visitor sees; whether a detector agrees is for `corpus.test.ts` to find out.
import { calm } from './calm'
import { frictional } from './frictional'
import type { Sample } from './sample'

export const SAMPLES: Sample[] = [...frictional, ...calm]
