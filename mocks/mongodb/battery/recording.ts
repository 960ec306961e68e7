import { readFile, writeFile } from 'node:fs/promises';
import type { CaseReplies } from './runCase.ts';

/** What a real MongoDB answered to a case of this fingerprint. */
export interface RecordedCase {
  readonly fingerprint: string;
  readonly replies: CaseReplies;
}

const file = new URL('recorded.json', import.meta.url);

export async function readRecording(): Promise<ReadonlyMap<string, RecordedCase>> {
  const recorded = JSON.parse(await readFile(file, 'utf8')) as Record<string, RecordedCase>;
  return new Map(Object.entries(recorded));
}

/** One case a line, so that a change of one case is one changed line. */
export async function writeRecording(recording: ReadonlyMap<string, RecordedCase>): Promise<void> {
  const lines = [...recording].map(([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`);
  await writeFile(file, `{\n${lines.join(',\n')}\n}\n`);
}
