import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import type { GuideView } from './contract.ts';
import { guideRatings } from './model.ts';
import type { RatingsRoom } from './room.ts';

/** A person's opinion of a matter's guide; said again, it replaces the earlier one. Error: 404 hall.not_found. */
export async function rateGuide(
  room: RatingsRoom,
  matterId: string,
  personId: string,
  level: number,
): Promise<GuideView> {
  if (!(await room.findMatter(matterId))) throw new HallError(hallErrors.notFound);
  await guideRatings().updateOne(
    { _id: `${matterId}/${personId}` },
    { $set: { matterId, level, at: room.clock.now() } },
    { upsert: true },
  );
  return readGuide(matterId, personId);
}

export async function readGuide(matterId: string, personId: string | null): Promise<GuideView> {
  const counts = await Promise.all(
    [1, 2, 3, 4, 5].map((level) => guideRatings().countDocuments({ matterId, level })),
  );
  const count = counts.reduce((sum, each) => sum + each, 0);
  const points = counts.reduce((sum, each, at) => sum + each * (at + 1), 0);
  const mine = personId === null ? null : await guideRatings().findOne({ _id: `${matterId}/${personId}` });
  return {
    count,
    mean: count === 0 ? null : Math.round((points / count) * 10) / 10,
    mine: mine?.level ?? null,
  };
}
