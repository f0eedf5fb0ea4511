// The question how much of the traffic is bots: the Overview names its share, the page of bots shows who they are.
import type { AnalysisSearch } from '../lib/analysis'
import { api } from './client'
import { question } from './question'
import type { components } from './schema.gen'

export type BotShare = components['schemas']['BotShare']
export type Bot = BotShare['bots'][number]

export const botsQuery = (projectId: string, search: AnalysisSearch) =>
  question(projectId, 'bots', search, (request) => api.GET('/api/projects/{project_id}/bots', request))
