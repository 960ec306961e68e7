import type { ReactNode } from 'react';
import { countCharacters } from '../../parts/characters.ts';

export function Counter({ text, limit }: { text: string; limit: number }): ReactNode {
  const count = countCharacters(text);
  return (
    <span className={count > limit ? 'counter counter-over figure' : 'counter figure'}>
      {count} / {limit}
    </span>
  );
}

export const problemOf = (problem: string | undefined): { validateStatus?: 'error'; help?: string } =>
  problem === undefined ? {} : { validateStatus: 'error', help: problem };
