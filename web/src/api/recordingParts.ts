// The parts of a recording, as the page that replays them reads them.
import { answer, api } from './client'

/** The events of a part as text. */
export async function readChunk(projectId: string, id: string, seq: number, signal: AbortSignal): Promise<string> {
  const path = { project_id: projectId, recording_id: id, seq }
  return answer<unknown>(
    api.GET('/api/projects/{project_id}/recordings/{recording_id}/chunks/{seq}', {
      params: { path },
      parseAs: 'text',
      signal,
    }),
  ) as Promise<string>
}

/** Of JSON; beyond it nothing more of a recording is loaded. */
export const MAX_RECORDING_BYTES = 192 * 1024 * 1024
