import type { CaseState } from '../../../../server/areas/applications/contract.ts';
import type { Tone } from '../../ui/tone.ts';

const tones: Readonly<Record<CaseState, Tone>> = {
  sending: 'neutral',
  toConfirm: 'accent',
  submitted: 'primary',
  preReviewed: 'primary',
  correctionBefore: 'accent',
  accepted: 'primary',
  examining: 'primary',
  correctionExamining: 'accent',
  special: 'warn',
  refused: 'bad',
  closed: 'good',
  collected: 'good',
  withdrawn: 'neutral',
};

/** The word says it; the colour only helps. A refusal is no success although the case is closed. */
export const caseTone = (state: CaseState, word: string): Tone =>
  state === 'closed' && !/准予|转上级/.test(word) ? 'bad' : tones[state];
