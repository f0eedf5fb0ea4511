// Runs the real program on a folder and a port of its own, and stops, kills and restarts it.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const BINARY = process.env['FOOTFALL_BIN'] ?? join(homedir(), '.cache/footfall/target/debug/footfall')

export type Footfall = {
  url: string
  /** What it printed on standard output since it was last started. */
  printed: () => string[]
  /** Ends as a deployment would: SIGTERM, and waits; returns the exit code. */
  stop: () => Promise<number | null>
  /** Ends as a power cut would. */
  kill: () => Promise<void>
  /** Starts again on the same folder and port. */
  start: () => Promise<void>
  /** Kills what still runs and removes the folder. */
  remove: () => Promise<void>
}

/** The line that is printed last before the server answers. */
const LAST_LINE = { serve: /\/setup\?token=|^Dashboard: /, demo: /^Password / }

export async function startFootfall(command: 'serve' | 'demo' = 'serve'): Promise<Footfall> {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: run \`make server\`, or name the program in FOOTFALL_BIN`)
  const folder = await mkdtemp(join(tmpdir(), 'footfall-e2e-'))
  const address = `127.0.0.1:${await freePort()}`
  const url = `http://${address}`
  let running: { child: ChildProcess; exited: Promise<number | null>; printed: string[] } | undefined

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    running?.child.kill(signal)
    return (await running?.exited) ?? null
  }

  async function start(): Promise<void> {
    // In a folder without settings of its own, and with none from outside.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOOTFALL_')))
    const child = spawn(BINARY, [command, '--data-dir', join(folder, 'data'), '--listen', address], { cwd: folder, env })
    const printed: string[] = []
    let log = ''
    child.stderr.on('data', (text) => (log = (log + text).slice(-8_000)))
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    running = { child, exited, printed }
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      void exited.then((code) => reject(new Error(`footfall ${command} ended with ${code}: ${log}`)))
      createInterface({ input: child.stdout }).on('line', (line) => {
        printed.push(line)
        if (LAST_LINE[command].test(line)) resolve()
      })
    })
    const ready = await fetch(`${url}/health/ready`)
    if (!ready.ok) throw new Error(`the server is not ready: ${await ready.text()}`)
  }

  await start()
  return {
    url,
    printed: () => running?.printed ?? [],
    start,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    remove: async () => {
      await end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The first capture of `pattern` in what the server printed. */
export function printedBy(server: Footfall, pattern: RegExp): string {
  const found = server.printed().join('\n').match(pattern)?.[1]
  if (!found) throw new Error(`${pattern} was not printed:\n${server.printed().join('\n')}`)
  return found
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
