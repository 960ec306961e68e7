import type { Town } from './contract.ts';
import { HallModel } from './model.ts';

/** The towns that have a centre, with how many village stations each counts. */
export async function listTowns(): Promise<Town[]> {
  const [centres, counts] = await Promise.all([
    HallModel.find({ kind: 'town' }).sort({ rank: 1 }).lean(),
    HallModel.aggregate<{ _id: string; villages: number }>([
      { $match: { kind: 'village' } },
      { $group: { _id: '$townCode', villages: { $sum: 1 } } },
    ]),
  ]);
  const villages = new Map(counts.map((each) => [each._id, each.villages]));
  return centres.map((centre) => ({
    code: centre.townCode,
    name: centre.townName,
    place: centre.place ?? { latitude: 0, longitude: 0 },
    hallId: centre._id,
    villages: villages.get(centre.townCode) ?? 0,
  }));
}
