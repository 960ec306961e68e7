import path from 'node:path';
import { builds, buildWhatIsNeeded } from '../../mocks/launcher/builds.ts';

/** The built weapp bundle; built first when it is missing or older than its sources, which takes half a minute. */
export async function weappBundle(say: (text: string) => void): Promise<string> {
  await buildWhatIsNeeded([builds.weapp], say);
  return path.resolve(import.meta.dirname, '../dist/weapp');
}
