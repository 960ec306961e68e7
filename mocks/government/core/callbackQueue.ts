import { gatewayHeadersOf } from './gateway.ts';
import type { SystemName, World } from './world.ts';

interface Waiting<T> {
  readonly news: T;
  tries: number;
  dueAt: number;
}

/** Tries again after these, then gives up: the hall has to ask. */
const pauses = [1000, 5000, 30_000, 120_000];

/**
 * Tells the hall what happened at a system, under the gateway's headers; `bodyOf` makes and signs what is said. With the
 * faults on, each goes several times, and the newest first.
 */
export class CallbackQueue<T> {
  #waiting: Waiting<T>[] = [];
  #sending: Promise<void> | null = null;
  /** Off: nothing is sent, as in a network cut. */
  on = true;
  /** How many left; for tests. */
  sent = 0;

  constructor(
    private readonly world: World,
    private readonly system: SystemName,
    private readonly bodyOf: (news: T) => object,
  ) {}

  add(news: T): void {
    if (!this.on || !this.world.options.hallUrl) return;
    this.#waiting.push({ news, tries: 0, dueAt: 0 });
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
      const profile = this.world.profile(this.system);
      for (const each of profile.outOfOrder ? [...due].reverse() : due) {
        let taken = false;
        for (let i = 0; i < Math.max(1, profile.dupCallback); i++)
          taken = (await this.post(each.news)) || taken;
        if (taken || each.tries >= pauses.length) {
          this.#waiting = this.#waiting.filter((other) => other !== each);
        } else {
          each.dueAt = performance.now() + pauses[each.tries]!;
          each.tries += 1;
        }
      }
    }
  }

  private async post(news: T): Promise<boolean> {
    const { hallUrl, gateway } = this.world.options;
    this.sent += 1;
    try {
      const answer = await fetch(`${hallUrl}/government/${this.system}/callback`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...gatewayHeadersOf(gateway, this.world.wall()),
        },
        body: JSON.stringify(this.bodyOf(news)),
        signal: AbortSignal.timeout(5000),
      });
      const said = (await answer.json()) as { code?: unknown };
      return answer.ok && said.code === 0;
    } catch {
      return false;
    }
  }
}
