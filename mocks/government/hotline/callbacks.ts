import { createHmac } from 'node:crypto';
import { gatewayHeadersOf } from '../core/gateway.ts';
import type { World } from '../core/world.ts';
import type { TicketEvent } from './shapes.ts';

interface Waiting {
  appealNo: string;
  event: TicketEvent;
  tries: number;
  dueAt: number;
}

/** Tries again after these, then gives up: the hall has to ask. */
const pauses = [1000, 5000, 30_000, 120_000];

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

/** Tells the hall what happened. With the faults on, each goes several times, and the newest first. */
export class Callbacks {
  #waiting: Waiting[] = [];
  #sending: Promise<void> | null = null;
  /** Off: nothing is sent, as in a network cut. */
  on = true;
  /** Numbers of events that are lost on the way, for a test of gaps. */
  readonly lost = new Set<string>();
  /** How many left; for tests. */
  sent = 0;

  constructor(
    private readonly world: World,
    private readonly key: string,
  ) {}

  add(appealNo: string, event: TicketEvent): void {
    if (!this.on || !this.world.options.hallUrl || this.lost.has(`${appealNo}/${event.seq}`)) return;
    this.#waiting.push({ appealNo, event, tries: 0, dueAt: 0 });
    this.pump();
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Sends what is due; called by additions and by the system's clock. */
  pump(): void {
    this.#sending ??= this.send().finally(() => {
      this.#sending = null;
    });
  }

  /** Everything due has been tried. */
  async settled(): Promise<void> {
    do {
      await (this.#sending ?? this.send());
    } while (this.#sending);
  }

  /** Makes everything that waits due now. */
  hurry(): void {
    for (const each of this.#waiting) each.dueAt = 0;
  }

  forget(): void {
    this.#waiting = [];
  }

  private async send(): Promise<void> {
    await Promise.resolve(); // lets the acts of the same moment gather, so that they can be told out of order
    for (;;) {
      const now = performance.now();
      const due = this.#waiting.filter(({ dueAt }) => dueAt <= now);
      if (due.length === 0) return;
      const profile = this.world.profile('hotline');
      for (const each of profile.outOfOrder ? [...due].reverse() : due) {
        let taken = false;
        for (let i = 0; i < Math.max(1, profile.dupCallback); i++) taken = (await this.post(each)) || taken;
        if (taken || each.tries >= pauses.length) {
          this.#waiting = this.#waiting.filter((other) => other !== each);
        } else {
          each.dueAt = performance.now() + pauses[each.tries]!;
          each.tries += 1;
        }
      }
    }
  }

  private async post({ appealNo, event }: Waiting): Promise<boolean> {
    const { hallUrl, gateway } = this.world.options;
    this.sent += 1;
    try {
      const answer = await fetch(`${hallUrl}/government/hotline/callback`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...gatewayHeadersOf(gateway, this.world.wall()),
        },
        body: JSON.stringify({ appealNo, ...event, sign: signatureOf(this.key, appealNo, event) }),
        signal: AbortSignal.timeout(5000),
      });
      const said = (await answer.json()) as { code?: unknown };
      return answer.ok && said.code === 0;
    } catch {
      return false;
    }
  }
}
