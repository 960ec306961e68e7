import type { Clock } from '../../kernel/clock.ts';

/** Looks for malware. `scan` throws when it cannot say: the file stays in quarantine. */
export interface MalwareScanner {
  scan(bytes: Buffer): Promise<{ readonly clean: boolean; readonly found: string | null }>;
}

export interface FilesRoom {
  readonly clock: Clock;
  readonly scanner: MalwareScanner;
  /** Key of signed links. */
  readonly secret: string;
}
