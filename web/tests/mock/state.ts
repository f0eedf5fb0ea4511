// What the mock knows and how it shall behave; tests change it.
import type { ApiKey, Customer, EventRow, Me, Project } from '../../src/api/types'
import type { SourceMap } from '../../src/features/source-maps/api'
import type { SavedQuestion } from '../../src/features/sql/model'
import { type AdminState, adminState } from './admin'
import { type Board, freshBoards } from './boards'
import { type Crm, freshCrm } from './crm'
import { freshCustomers } from './customers'
import { type Documents, freshDocuments } from './documents'
import { freshErrors } from './errors'
import { apiKeys } from './events'
import { type Goal, someGoals } from './goals'
import type { JobRun } from './operations'
import { freshTalk, type Talk } from './person'
import type { KeptRun } from './questionRuns'
import { freshRecordings, type RecordingState } from './recordings'
import { freshRuns, freshSavedQuestions } from './savedQuestions'
import { type ShareLink, shareLinksOf } from './shareLinks'
import { sourceMapsOf } from './sourceMaps'

export type MockState = {
  isSetUp: boolean
  isSignedIn: boolean
  /** Answer every question with no data. */
  isEmpty: boolean
  /** Never answer questions. */
  isSilent: boolean
  /** Answer these paths (by their end) with 500. */
  failing: string[]
  /** Answer these paths (by their end) with something else than was promised. */
  garbled: string[]
  /** When the first event happened, in epoch milliseconds. */
  firstEventAt: number
  /** Whether the server knows where visitors are. */
  hasCountries: boolean
  /** Orders and bookings: none, without a value, or with one. */
  conversions: 'none' | 'unvalued' | 'valued'
  /** Elements and errors that the first part of the list has. */
  listedItems: number
  /** Added to the events of the overview, as if more had arrived. */
  extraEvents: number
  /** Events that arrived since, latest first. */
  arrived: EventRow[]
  /** Sessions that began since. */
  newSessions: number
  /** Added to the events of the recorded session. */
  longSession: number
  recordings: RecordingState
  /** What is decided about errors, by group. */
  errors: ReturnType<typeof freshErrors>
  goals: Goal[]
  shareLinks: ShareLink[]
  sourceMaps: SourceMap[]
  boards: Board[]
  /** When the first call began; null: a year ago. */
  firstCallAt: string | null
  keys: ApiKey[]
  admin: AdminState
  projects: Project[]
  mayCreateProjects: boolean
  isServerOwner: boolean
  /** Names of jobs that are running. */
  runningJobs: string[]
  /** Runs of jobs that were run now, by name. */
  jobRuns: Record<string, JobRun>
  memberName: string
  crm: Crm
  customers: Customer[]
  documents: Documents
  /** Notes on people, comments on tasks and mentions. */
  talk: Talk
  savedQuestions: SavedQuestion[]
  /** Runs of saved questions, by their id, latest first. */
  questionRuns: Record<string, KeptRun[]>
  /** Requests that changed something, as "METHOD path body". */
  changes: string[]
  /** Paths that a share link was refused. */
  refused: string[]
}

export function freshState(now: number): MockState {
  const crm = freshCrm(now)
  return {
    isSetUp: true,
    isSignedIn: true,
    isEmpty: false,
    isSilent: false,
    failing: [],
    garbled: [],
    firstEventAt: 0,
    hasCountries: true,
    conversions: 'valued',
    listedItems: 50,
    extraEvents: 0,
    arrived: [],
    newSessions: 0,
    longSession: 0,
    recordings: freshRecordings(),
    errors: freshErrors(now),
    goals: someGoals(now),
    shareLinks: shareLinksOf(now),
    sourceMaps: sourceMapsOf(now),
    boards: freshBoards(now),
    firstCallAt: null,
    keys: apiKeys(now),
    admin: adminState(now),
    projects: [
      {
        id: 'p1',
        name: 'Coral Coast Ferries',
        role: 'owner',
        created_at: '2026-03-02T08:00:00Z',
        retention_days: 395,
        time_zone: 'UTC',
        logo_url: null,
      },
      {
        id: 'p2',
        name: 'Island Stays',
        role: 'viewer',
        created_at: '2026-07-19T08:00:00Z',
        retention_days: 395,
        time_zone: 'UTC',
        logo_url: null,
      },
    ],
    mayCreateProjects: true,
    isServerOwner: true,
    runningJobs: [],
    jobRuns: {},
    memberName: 'Asha Mwinyi',
    crm,
    customers: freshCustomers(now),
    documents: freshDocuments(),
    talk: freshTalk(now, crm.contacts),
    savedQuestions: freshSavedQuestions(now),
    questionRuns: freshRuns(now),
    changes: [],
    refused: [],
  }
}

export function meOf(state: MockState): Me {
  const member = { id: 'm1', email: 'asha@coralferries.example', name: state.memberName }
  return {
    member,
    projects: state.projects,
    may_create_projects: state.mayCreateProjects,
    is_server_owner: state.isServerOwner,
  }
}
