import { createHmac } from 'node:crypto';
import { CallbackQueue } from '../core/callbackQueue.ts';
import type { World } from '../core/world.ts';
import type { TicketEvent } from './shapes.ts';

/** The text both sides sign, keys in order: `appealNo=…&seq=…&status=…&time=…`, and masterNo where there is one. */
export function signatureOf(
  key: string,
  appealNo: string,
  { seq, status, time, masterNo }: Pick<TicketEvent, 'seq' | 'status' | 'time' | 'masterNo'>,
): string {
  const master = masterNo ? `masterNo=${masterNo}&` : '';
  const text = `appealNo=${appealNo}&${master}seq=${seq}&status=${status}&time=${time}`;
  return createHmac('sm3', key).update(text).digest('hex');
}

/** What happened to a ticket. */
export interface TicketNews {
  readonly appealNo: string;
  readonly event: TicketEvent;
}

/** Tells the hall what happened to its tickets, signed by HMAC-SM3. */
export class TicketCallbacks extends CallbackQueue<TicketNews> {
  /** Numbers of events that are lost on the way, for a test of gaps: `<appealNo>/<seq>`. */
  readonly lost = new Set<string>();

  constructor(world: World, key: string) {
    super(world, 'hotline', ({ appealNo, event }) => ({
      appealNo,
      ...event,
      sign: signatureOf(key, appealNo, event),
    }));
  }

  override add(news: TicketNews): void {
    if (!this.lost.has(`${news.appealNo}/${news.event.seq}`)) super.add(news);
  }
}
