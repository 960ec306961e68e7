import type { AppealEvent, AppealStep } from './port.ts';

/** An event as it is kept. */
export interface KeptEvent {
  readonly event: AppealEvent;
  /** When a query told the same; null: only a callback did, whose words nobody signs. */
  readonly confirmedAt: Date | null;
}

export interface AppealAnswer {
  readonly seq: number;
  readonly department: string | null;
  readonly text: string;
  readonly files: readonly string[];
  readonly at: Date;
  /** The platform looked at it and let it pass. Before that it is no answer to a citizen yet. */
  readonly reviewed: boolean;
}

export interface MergedInto {
  /** Null: the platform did not say, or the event that says it is missing. */
  readonly appealNumber: string | null;
  /** Null: nothing was told about the master since. */
  readonly step: AppealStep | null;
  readonly status: number | null;
}

export interface AppealState {
  /** Of the highest number known; `pending` where nothing is. */
  readonly step: AppealStep;
  readonly status: number;
  readonly at: Date | null;
  /** Who has it now, as far as told. */
  readonly department: string | null;
  readonly lastSeq: number;
  /** Numbers below the last that never came. */
  readonly missing: readonly number[];
  /** Numbers that were told in different words and that no query has settled. */
  readonly doubtful: readonly number[];
  /** One event a number, in order. */
  readonly timeline: readonly AppealEvent[];
  readonly answers: readonly AppealAnswer[];
  /** The one redo is used up: a second 不满意 ends the appeal. */
  readonly redone: boolean;
  /** Where it was merged into, and how that stands. Nothing else of the master is known here. */
  readonly master: MergedInto | null;
  /** Nothing more is expected. */
  readonly over: boolean;
}

/**
 * How an appeal stands, from all that was told about it, in whatever order and however often (I11: derived, never kept).
 * `seq` is the only order; times, arrival and repetition change nothing.
 */
export function appealState(kept: readonly KeptEvent[]): AppealState {
  const bySeq = new Map<number, KeptEvent[]>();
  for (const each of kept) bySeq.set(each.event.seq, [...(bySeq.get(each.event.seq) ?? []), each]);
  const seqs = [...bySeq.keys()].sort((a, b) => a - b);
  const settled = seqs.map((seq) => settle(bySeq.get(seq)!));
  const timeline = settled.map(({ event }) => event);
  const last = timeline.at(-1);
  const lastSeq = last?.seq ?? 0;
  const master = masterOf(timeline);
  // Of what a code we do not know means nothing is guessed: an appeal stays merged.
  const step = master ? 'merged' : (last?.step ?? 'pending');
  return {
    ...{ step, lastSeq, timeline, master },
    status: master ? 90 : (last?.status ?? 10),
    at: last?.at ?? null,
    department: timeline.findLast(({ department }) => department !== null)?.department ?? null,
    missing: Array.from({ length: lastSeq }, (_, i) => i + 1).filter((seq) => !bySeq.has(seq)),
    doubtful: settled.filter(({ doubtful }) => doubtful).map(({ event }) => event.seq),
    answers: answersOf(timeline),
    redone: timeline.some((event) => event.step === 'redo'),
    over: isEnd(step) || (master?.step != null && isEnd(master.step)),
  };
}

/** Merged as long as nothing was told about the appeal itself after that: a merge can be undone. */
function masterOf(timeline: readonly AppealEvent[]): MergedInto | null {
  const ofMaster = (event: AppealEvent): boolean => event.step === 'merged' || event.master !== null;
  const telling = timeline.findLast((event) => ofMaster(event) || event.step !== 'unknown');
  if (!telling || !ofMaster(telling)) return null;
  const own = timeline.findLast((event) => !ofMaster(event) && event.step !== 'unknown');
  const since = timeline.filter((event) => ofMaster(event) && event.seq > (own?.seq ?? 0));
  const latest = since.findLast((event) => event.step !== 'merged');
  return {
    appealNumber: since.findLast((event) => event.master !== null)?.master ?? null,
    step: latest?.step ?? null,
    status: latest?.status ?? null,
  };
}

const isEnd = (step: AppealStep): boolean => step === 'closed' || step === 'refused';

/** One number, one event: what a query told last; between callbacks that differ the choice is any, as long as it is the same everywhere. */
function settle(told: readonly KeptEvent[]): { readonly event: AppealEvent; readonly doubtful: boolean } {
  const ranked = [...told].sort(
    (a, b) =>
      (b.confirmedAt?.getTime() ?? 0) - (a.confirmedAt?.getTime() ?? 0) ||
      (wordingOf(a.event) < wordingOf(b.event) ? -1 : 1),
  );
  const { event, confirmedAt } = ranked[0]!;
  const differ = ranked.some((each) => wordingOf(each.event) !== wordingOf(event));
  return { event, doubtful: differ && confirmedAt === null };
}

/** All that makes one event the same as another, as text. */
export const wordingOf = (event: AppealEvent): string =>
  JSON.stringify([
    ...[event.appealNumber, event.seq, event.status, event.at.getTime(), event.department],
    ...[event.text, event.files, event.master],
  ]);

/** An answer is let pass by what follows it at once; a code we do not know says neither yes nor no. */
function answersOf(timeline: readonly AppealEvent[]): readonly AppealAnswer[] {
  return timeline.flatMap((event, i): AppealAnswer[] => {
    if (event.step !== 'answered' || event.master !== null) return [];
    const { seq, department, text, files, at } = event;
    const following = timeline.slice(i + 1);
    const next = following.findIndex(({ step }) => step !== 'unknown');
    const unbroken = next >= 0 && following[next]!.seq === seq + next + 1;
    const passed = unbroken && ['followUp', 'closed'].includes(following[next]!.step);
    return [{ seq, department, text, files, at, reviewed: passed }];
  });
}
