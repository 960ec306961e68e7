import type { ItemsSystem } from '../../government/items/port.ts';
import { GovernmentError } from '../../government/kit/governmentError.ts';
import type { Clock } from '../../kernel/clock.ts';
import { log } from '../../kernel/log.ts';
import { applyNewerDetail } from './applyNewerDetail.ts';
import { type Matter, MatterModel } from './model.ts';

export interface RefreshRoom {
  readonly clock: Clock;
  readonly items: Pick<ItemsSystem, 'detail'>;
}

export type Refreshed = 'changed' | 'unchanged' | 'missing' | 'failed';

/** A guide that was looked at this long ago is looked at again, behind the back of whoever reads it. */
export const freshMs = 10 * 60_000;

/** Asks 事项管理系统 about one matter now, and takes over a newer version. Never throws for an outage: that is noted. */
export async function refreshMatter(
  room: RefreshRoom,
  matter: Pick<Matter, 'id' | 'code' | 'sourceVersion'>,
  requestId: string | null,
): Promise<Refreshed> {
  const at = room.clock.now();
  const note = (set: Partial<Matter>): Promise<unknown> =>
    MatterModel.updateOne({ _id: matter.id }, { $set: set as never });
  try {
    const { matter: record, fresh } = await room.items.detail(matter.code, requestId);
    if (!fresh) {
      await note({ checkFailedAt: at });
      return 'failed';
    }
    if (record === null) {
      await note({ checkedAt: at, checkFailedAt: null, missingAtSource: true });
      return 'missing';
    }
    const changed = await applyNewerDetail(matter, record, at);
    await note({ checkedAt: at, checkFailedAt: null, missingAtSource: false });
    return changed ? 'changed' : 'unchanged';
  } catch (error) {
    if (!(error instanceof GovernmentError)) throw error;
    await note({ checkFailedAt: at });
    return 'failed';
  }
}

/**
 * Serves guides from the store and refreshes those that are old in the background: each at most once at a time in this process,
 * and not again before `restMs`.
 */
export class GuideRefresher {
  readonly #running = new Map<string, Promise<void>>();
  /** When each was last asked about: a reader who is slow may still hold what was read before that. */
  readonly #asked = new Map<string, number>();

  constructor(
    private readonly room: RefreshRoom,
    private readonly restMs = 60_000,
  ) {}

  /** Returns at once. */
  look(matter: Matter, requestId: string | null): void {
    const { id, checkedAt, checkFailedAt } = matter;
    if (matter.sourceVersion == null || matter.withdrawnAt || this.#running.has(id)) return;
    const now = this.room.clock.now().getTime();
    if (checkedAt && now - checkedAt.getTime() < freshMs) return;
    if (checkFailedAt && now - checkFailedAt.getTime() < this.restMs) return;
    if (now - (this.#asked.get(id) ?? Number.NEGATIVE_INFINITY) < this.restMs) return;
    this.#asked.set(id, now);
    const work = refreshMatter(this.room, matter, requestId)
      .then(
        () => {},
        (error) => log.warn({ cause: error, matter: id }, 'a guide could not be refreshed'),
      )
      .finally(() => this.#running.delete(id));
    this.#running.set(id, work);
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}
