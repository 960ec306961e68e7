import type { CaseState } from './contract.ts';

/** Places in a case's life after the acceptance system has it. */
export type LifeState = Exclude<CaseState, 'sending' | 'toConfirm'>;

export type LifeEvent =
  | 'preReviewPassed'
  | 'notTaken'
  | 'correctionAsked'
  | 'correctionTaken'
  | 'accepted'
  | 'examined'
  | 'specialBegun'
  | 'specialEnded'
  | 'closed'
  | 'collected'
  | 'withdrawn';

const beforeAcceptance = {
  notTaken: 'refused',
  correctionAsked: 'correctionBefore',
  accepted: 'accepted',
  closed: 'closed',
  withdrawn: 'withdrawn',
} as const;
const afterAcceptance = {
  examined: 'examining',
  correctionAsked: 'correctionExamining',
  specialBegun: 'special',
  closed: 'closed',
  withdrawn: 'withdrawn',
} as const;

/**
 * The life of a case (办件) as the province's exchange set tells it: SB → WSYSL → SL → SPCL → BJ → LQDJ, with corrections
 * (补正) before and after acceptance and special procedures (特别程序) between. A withdrawal is possible until the decision.
 */
export const caseGraph: Readonly<Record<LifeState, Partial<Record<LifeEvent, LifeState>>>> = {
  submitted: { ...beforeAcceptance, preReviewPassed: 'preReviewed' },
  preReviewed: { ...beforeAcceptance, preReviewPassed: 'preReviewed' },
  correctionBefore: {
    correctionTaken: 'submitted',
    correctionAsked: 'correctionBefore',
    notTaken: 'refused',
    closed: 'closed',
    withdrawn: 'withdrawn',
  },
  accepted: afterAcceptance,
  examining: afterAcceptance,
  correctionExamining: {
    correctionTaken: 'examining',
    correctionAsked: 'correctionExamining',
    closed: 'closed',
    withdrawn: 'withdrawn',
  },
  // Work on the case may go on beside a special procedure; only its end starts the clock again.
  special: { specialEnded: 'examining', examined: 'special', withdrawn: 'withdrawn' },
  closed: { collected: 'collected' },
  collected: {},
  refused: {},
  withdrawn: {},
};

/** Throws where the graph has no such edge. */
export function nextState(from: LifeState, event: LifeEvent): LifeState {
  const to = caseGraph[from][event];
  if (!to) throw new Error(`a case that is ${from} cannot be ${event}`);
  return to;
}

/** What may have happened without a word of it: nothing that decides or refuses. */
const quiet: readonly LifeEvent[] = [
  'preReviewPassed',
  'accepted',
  'correctionTaken',
  'specialEnded',
  'examined',
];

/** The shortest quiet way from a state to one in which `event` is possible; null when there is none. */
export function quietWay(from: LifeState, event: LifeEvent): LifeEvent[] | null {
  let edge: { state: LifeState; way: LifeEvent[] }[] = [{ state: from, way: [] }];
  const seen = new Set<LifeState>([from]);
  while (edge.length > 0) {
    const further: typeof edge = [];
    for (const { state, way } of edge) {
      if (caseGraph[state][event]) return way;
      for (const step of quiet) {
        const to = caseGraph[state][step];
        if (!to || seen.has(to)) continue;
        seen.add(to);
        further.push({ state: to, way: [...way, step] });
      }
    }
    edge = further;
  }
  // `closed` decides, yet who has collected something had a decision: the caller treats it.
  return null;
}

export const isEnd = (state: CaseState): boolean =>
  ['closed', 'collected', 'refused', 'withdrawn'].includes(state);

/** The clock of the promise stands in these. */
export const clockStands = (state: CaseState): boolean =>
  state === 'special' || state === 'correctionExamining';
