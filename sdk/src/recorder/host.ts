// The interface between the recorder and the script that loads it: plain names, since the two are built apart.

/** The ids of the visit. */
export interface RecordingSubject {
  session_id: string
  visitor_id: string
}

export interface Host {
  endpoint: string
  apiKey: string
  /** Undefined as long as nothing has been captured. */
  who(): RecordingSubject | undefined
  /** Whether the visitor lets us, still. */
  isAllowed(): boolean
  setting<T extends boolean | number | string>(name: string, otherwise: T): T
  /** Adds to the time the page's main thread was busy with us. */
  spend(ms: number): void
}

export interface Recorder {
  /** Something happened for which the last minute is to be kept, and what follows. */
  trigger(): void
  /** The page is being hidden, and may never be seen again. */
  hide(): void
  stop(): void
}

export interface RecorderScript {
  /** `isArmed`: nothing is sent before it is triggered. */
  startRecorder(host: Host, isArmed: boolean): Recorder
}

export interface ScreenshotScript {
  /** A picture of what is on the screen; undefined where there can be none. */
  takeScreenshot(host: Host): Promise<Blob | undefined>
}
