import type { DisplayView } from '../../api/queue.ts';

export type Call = DisplayView['calls'][number];

/** A ticket called again is one line, where its newest call stands. Newest first. */
export function shownCalls(calls: readonly Call[], most: number): Call[] {
  const seen = new Set<string>();
  return [...calls]
    .sort((a, b) => b.seq - a.seq)
    .filter(({ label }) => {
      if (seen.has(label)) return false;
      seen.add(label);
      return true;
    })
    .slice(0, most);
}

/**
 * The calls that this screen has not spoken yet, in the order in which they were made. The first look after the screen
 * is switched on (`spoken` null) speaks nothing: those people have gone already. After a lost link only calls of the
 * last `fresh` ms are spoken, for the same reason. A smaller number than known means a new day.
 */
export function callsToSpeak(
  view: Pick<DisplayView, 'calls' | 'asOf'>,
  spoken: number | null,
  fresh = 60_000,
): { calls: Call[]; spoken: number } {
  const newest = Math.max(0, ...view.calls.map((call) => call.seq));
  if (spoken === null) return { calls: [], spoken: newest };
  const since = newest < spoken ? 0 : spoken;
  const now = Date.parse(view.asOf);
  const calls = view.calls
    .filter((call) => call.seq > since && now - Date.parse(call.at) <= fresh)
    .sort((a, b) => a.seq - b.seq);
  return { calls, spoken: newest };
}

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 「请 B、零、一、七 号，到 B、零、五 号窗口」: a voice reads numbers one by one, never as B seventeen. */
export function spokenCall({ label, window }: Pick<Call, 'label' | 'window'>): string {
  const apart = (text: string): string =>
    [...text].map((each) => digits[Number.parseInt(each, 10)] ?? each).join('、');
  return `请 ${apart(label)} 号，到 ${apart(window)} 号窗口`;
}
