import { sends } from './model.ts';

/** What has still to be handed in, and since when the oldest waits. */
export async function waitingSends(): Promise<{ readonly waiting: number; readonly oldestAt: Date | null }> {
  const [waiting, oldest] = await Promise.all([
    sends().countDocuments({ open: true }),
    sends().find({ open: true }).sort({ createdAt: 1 }).limit(1).toArray(),
  ]);
  return { waiting, oldestAt: oldest[0]?.createdAt ?? null };
}
