import type { CaseEvent } from '../../government/progress/caseEvent.ts';
import type { LifeEvent, LifeState } from './states.ts';
import { caseGraph, nextState, quietWay } from './states.ts';

/** The citizen took it back; the exchange set has no row for that. */
export interface Withdrawn {
  readonly step: 'withdrawn';
  readonly key: string;
  readonly version: number;
  readonly at: Date;
  readonly reason: string | null;
}
export type KnownEvent = CaseEvent | Withdrawn;

export interface LifeStep {
  readonly event: LifeEvent;
  readonly from: LifeState;
  readonly to: LifeState;
  readonly at: Date;
  /** Of the event that says so, or that cannot be without it. */
  readonly key: string;
  /** Nobody reported it, but what followed cannot be without it. */
  readonly implied: boolean;
}

export interface DerivedCase {
  readonly state: LifeState;
  /** Every step is an edge of the graph. */
  readonly steps: readonly LifeStep[];
  /** Keys of events that fit nowhere; staff look at them. */
  readonly doubts: readonly string[];
  readonly correction: Extract<CaseEvent, { step: 'correctionAsked' }> | null;
  readonly special: Extract<CaseEvent, { step: 'specialBegun' }> | null;
  readonly closing: Extract<CaseEvent, { step: 'closed' }> | null;
  readonly refusal: string | null;
  readonly documents: readonly { readonly id: string; readonly name: string }[];
  readonly licenceCode: string | null;
  readonly trackingNumber: string | null;
}

/** Within one instant, in the order of the office's work. */
const ranks: Readonly<Record<KnownEvent['step'], number>> = {
  applied: 0,
  material: 1,
  preReviewed: 2,
  correctionAsked: 3,
  correctionTaken: 4,
  accepted: 5,
  specialBegun: 6,
  specialEnded: 7,
  examined: 8,
  result: 9,
  closed: 10,
  collected: 11,
  withdrawn: 12,
};
const stages = { handling: 0, review: 1, approval: 2, unknown: 3 } as const;
const stageOf = (event: KnownEvent): number => (event.step === 'examined' ? stages[event.stage] : 0);

/**
 * What became of a case, from all that was reported, in whatever order it arrived and however often: of each key the
 * highest version counts; then by time and by the order of the work. Steps that nobody reported are filled in where a later
 * one cannot be without them, so that no state is reached outside the graph (I6).
 */
export function deriveCase(events: readonly KnownEvent[]): DerivedCase {
  const newest = new Map<string, KnownEvent>();
  for (const event of events) {
    const known = newest.get(event.key);
    if (!known || known.version < event.version) newest.set(event.key, event);
  }
  const ordered = [...newest.values()].sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      ranks[a.step] - ranks[b.step] ||
      stageOf(a) - stageOf(b) ||
      (a.key < b.key ? -1 : 1),
  );
  const life: { -readonly [K in keyof DerivedCase]: DerivedCase[K] } = {
    ...{ state: 'submitted', correction: null, special: null, closing: null, refusal: null },
    ...{ steps: [], doubts: [], documents: [], licenceCode: null, trackingNumber: null },
  };
  const steps: LifeStep[] = [];
  const doubts: string[] = [];
  const take = (event: LifeEvent, at: Date, key: string, implied: boolean): void => {
    const to = nextState(life.state, event);
    steps.push({ event, from: life.state, to, at, key, implied });
    life.state = to;
  };
  for (const event of ordered) {
    if (event.step === 'result') {
      life.documents = event.documents.map(({ id, name }) => ({ id, name }));
      life.licenceCode = event.licenceCode ?? life.licenceCode;
      continue;
    }
    const meaning = meaningOf(event);
    if (meaning === null) continue;
    if (meaning === 'doubt') {
      doubts.push(event.key);
      continue;
    }
    if (meaning === 'withdrawn' && life.state === 'withdrawn') continue; // told by the citizen and by the office
    const way = wayTo(life.state, meaning, event.step === 'closed' && decides.includes(event.verdict));
    if (way === null) {
      doubts.push(event.key);
      continue;
    }
    for (const missing of way) take(missing, event.at, event.key, true);
    take(meaning, event.at, event.key, false);
    if (event.step === 'correctionAsked') life.correction = event;
    else if (meaning === 'correctionAsked') life.correction ??= asCorrection(event); // its own row says more
    if (meaning === 'correctionTaken') life.correction = null;
    if (event.step === 'specialBegun') life.special = event;
    if (meaning === 'closed' && event.step === 'closed') life.closing = event;
    if (event.step === 'collected') life.trackingNumber = event.trackingNumber;
    if (meaning === 'notTaken' && 'reason' in event) life.refusal = event.reason;
  }
  if (life.state !== 'correctionBefore' && life.state !== 'correctionExamining') life.correction = null;
  if (life.state !== 'special') life.special = null;
  return { ...life, steps, doubts };
}

const before: readonly LifeState[] = ['submitted', 'preReviewed', 'correctionBefore'];
/** Nothing is decided that was not accepted; what is sent back may never have been. */
const decides: readonly string[] = ['issued', 'done', 'transferred'];

/** Missed steps before this one; a licence that was collected was decided about. */
function wayTo(from: LifeState, event: LifeEvent, decided: boolean): readonly LifeEvent[] | null {
  if (decided && event === 'closed' && before.includes(from)) {
    return from === 'correctionBefore' ? ['correctionTaken', 'accepted'] : ['accepted'];
  }
  if (caseGraph[from][event]) return [];
  const way = quietWay(from, event);
  if (way !== null || event !== 'collected') return way;
  const decision = wayTo(from, 'closed', true) ?? quietWay(from, 'closed');
  return decision && [...decision, 'closed'];
}

function meaningOf(event: Exclude<KnownEvent, { step: 'result' }>): LifeEvent | 'doubt' | null {
  switch (event.step) {
    case 'applied':
    case 'material':
      return null;
    case 'preReviewed':
      return (
        ({ passed: 'preReviewPassed', refused: 'notTaken', correction: 'correctionAsked' } as const)[
          event.verdict as 'passed'
        ] ?? 'doubt'
      );
    case 'accepted':
      return (
        (
          {
            accepted: 'accepted',
            notAccepted: 'notTaken',
            refused: 'notTaken',
            correction: 'correctionAsked',
          } as const
        )[event.verdict as 'accepted'] ?? 'doubt'
      );
    case 'specialBegun':
      return mayBegin(event) ? 'specialBegun' : 'doubt';
    case 'closed':
      return isWithdrawal(event) ? 'withdrawn' : 'closed';
    default:
      return event.step;
  }
}

/** The exchange set has no row for a withdrawal: offices write 退件 with these words. */
const isWithdrawal = ({ verdict, words }: Extract<CaseEvent, { step: 'closed' }>): boolean =>
  verdict === 'returned' && (words?.startsWith('申请人撤回') ?? false);

/** 延长审批 (A): at most 10 working days, 15 where the government of the level agreed (行政许可法 42). */
export function mayBegin(
  special: Pick<Extract<CaseEvent, { step: 'specialBegun' }>, 'kind' | 'limit' | 'approvedBy'>,
): boolean {
  if (special.kind !== 'A') return true;
  if (special.limit?.unit !== 'working' || special.limit.days < 1) return false;
  return special.limit.days <= (special.approvedBy?.includes('政府') ? 15 : 10);
}

/** A pre-review or acceptance that asks for a correction without its own row. */
function asCorrection(event: KnownEvent): DerivedCase['correction'] {
  if (event.step !== 'preReviewed' && event.step !== 'accepted') return null;
  const { key, version, table, caseNumber, matterCode, at, reason } = event;
  const nothing = { materials: [], fields: [], list: null, limitDays: null };
  return { key, version, table, caseNumber, matterCode, at, reason, step: 'correctionAsked', ...nothing };
}
