import { addDays, instantAt, localDayOf } from '../../kernel/localDay.ts';
import { type Given, serviceEvents } from './model.ts';
import type { RatingsRoom } from './room.ts';
import { silentLevel } from './rules.ts';

/**
 * Services that nobody rated in their days: 基本满意, marked as silent, or closed without a rating where the place does not
 * count them. Counts for the day after the last one, whenever this runs. Safe to run twice and beside a rating: the
 * first write to the open event wins.
 */
export async function closeSilent(room: RatingsRoom): Promise<number> {
  const today = localDayOf(room.clock.now());
  let closed = 0;
  for (;;) {
    const [first] = await serviceEvents()
      .find({ open: true, until: { $lt: today } }, { projection: { until: 1 } })
      .sort({ until: 1 })
      .limit(1)
      .toArray();
    if (!first) return closed;
    const day = addDays(first.until, 1);
    const rating: Given = {
      ...{ source: 'silent', level: silentLevel, tags: [], textSealed: null, textState: 'none' },
      ...{ at: instantAt(day, '00:00'), day, personId: null },
    };
    const written = await serviceEvents().updateMany(
      { open: true, until: first.until },
      { $set: { open: false, rating: room.rules.countSilent ? rating : null } },
    );
    if (written.modifiedCount === 0) return closed; // another worker was quicker
    closed += written.modifiedCount;
  }
}
