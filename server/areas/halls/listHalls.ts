import { findMatter } from '../matters/findMatter.ts';
import type { HallKind } from './contract.ts';
import { hallOf } from './findHall.ts';
import { type Hall, HallModel } from './model.ts';
import { metresBetween } from './rules.ts';

export interface HallFilter {
  readonly kind?: HallKind | undefined;
  readonly town?: string | undefined;
  readonly matter?: string | undefined;
  readonly q?: string | undefined;
  readonly from?: { latitude: number; longitude: number } | undefined;
  readonly page: number;
}

export const hallsPerPage = 30;

/** Halls that fit the filter: nearest first where the asker's place is known, otherwise by rank. */
export async function listHalls(
  filter: HallFilter,
): Promise<{ halls: { hall: Hall; distance: number | null }[]; total: number }> {
  const query: Record<string, unknown> = {};
  if (filter.kind) query['kind'] = filter.kind;
  if (filter.town) query['townCode'] = filter.town;
  if (filter.q) query['name'] = { $regex: escapeRegex(filter.q) };
  if (filter.matter) {
    const matter = await findMatter(filter.matter);
    query['_id'] = { $in: matter?.halls.map((each) => each.hallId) ?? [] };
  }
  const start = (filter.page - 1) * hallsPerPage;
  const { from } = filter;
  if (!from) {
    const [stored, total] = await Promise.all([
      HallModel.find(query).sort({ rank: 1 }).skip(start).limit(hallsPerPage).lean<never[]>(),
      HallModel.countDocuments(query),
    ]);
    return { halls: stored.map((each) => ({ hall: hallOf(each), distance: null })), total };
  }
  // A district has a few hundred halls: sorting them in memory is cheaper than a geo index and works on any store.
  const all = (await HallModel.find(query).lean<never[]>()).map(hallOf);
  const measured = all.map((hall) => ({
    hall,
    distance: hall.place && Math.round(metresBetween(from, hall.place)),
  }));
  measured.sort((a, b) => (a.distance ?? Infinity) - (b.distance ?? Infinity) || a.hall.rank - b.hall.rank);
  return { halls: measured.slice(start, start + hallsPerPage), total: all.length };
}

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
