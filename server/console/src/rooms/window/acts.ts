import type { StaffTicket, TicketAction } from '../../api/queue.ts';

export type ActName = 'call' | Exclude<TicketAction['do'], 'resume'>;

export interface Act {
  readonly name: ActName;
  readonly label: string;
  /** Pressed on the keyboard; the main act also hears the space bar. */
  readonly key: string;
}

const call: Act = { name: 'call', label: '呼叫下一位', key: 'N' };
const serve: Act = { name: 'serve', label: '人到了，开始办理', key: 'S' };
const finish: Act = { name: 'finish', label: '办结', key: 'F' };
const recall: Act = { name: 'recall', label: '再叫一次', key: 'R' };
const miss: Act = { name: 'miss', label: '没有来，过号', key: 'M' };
const park: Act = { name: 'park', label: '稍后继续', key: 'P' };
const move: Act = { name: 'move', label: '转到别的窗口', key: 'T' };

/** What a window can do now: one thing that usually comes next, and the ways around it. */
export function actsFor(ticket: Pick<StaffTicket, 'state'> | null): { main: Act; others: readonly Act[] } {
  if (ticket?.state === 'called') return { main: serve, others: [recall, miss, park, move] };
  if (ticket?.state === 'serving') return { main: finish, others: [park, move] };
  return { main: call, others: [] };
}

/** The act a key stands for, or null. Letters with Ctrl, Alt or Cmd belong to the browser. */
export function actOfKey(
  press: {
    readonly key: string;
    readonly ctrlKey: boolean;
    readonly altKey: boolean;
    readonly metaKey: boolean;
  },
  acts: { main: Act; others: readonly Act[] },
): Act | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (press.key === ' ') return acts.main;
  return [acts.main, ...acts.others].find((act) => act.key === press.key.toUpperCase()) ?? null;
}

/** What the list of last tickets says an act did. */
export const doneLabels: Readonly<Record<Exclude<ActName, 'call' | 'recall' | 'serve'>, string>> = {
  finish: '办结',
  miss: '过号',
  park: '稍后继续',
  move: '已转出',
};
