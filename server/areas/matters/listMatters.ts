import type { Audience, Topic } from './contract.ts';
import { matterOf } from './findMatter.ts';
import { type Matter, MatterModel } from './model.ts';
import { otherTopic } from './topics.ts';

export interface MatterFilter {
  readonly audience?: Audience | undefined;
  readonly topic?: string | undefined;
  readonly hall?: string | undefined;
  readonly q?: string | undefined;
  readonly page: number;
}

export const mattersPerPage = 20;

/** One page of the catalogue: what can be booked comes first. */
export async function listMatters(filter: MatterFilter): Promise<{ matters: Matter[]; total: number }> {
  const query: Record<string, unknown> = { withdrawnAt: null };
  if (filter.audience) query['audiences'] = filter.audience;
  if (filter.topic) query['topic'] = filter.topic;
  if (filter.hall) query['halls.hallId'] = filter.hall;
  if (filter.q) {
    const words = { $regex: filter.q.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' };
    query['$or'] = [{ name: words }, { department: words }, { topic: words }];
  }
  const [stored, total] = await Promise.all([
    MatterModel.find(query)
      .sort({ bookable: -1, _id: 1 })
      .skip((filter.page - 1) * mattersPerPage)
      .limit(mattersPerPage)
      .lean<never[]>(),
    MatterModel.countDocuments(query),
  ]);
  return { matters: stored.map(matterOf), total };
}

/** How many matters a hall serves. */
export const countMatters = (hallId: string): Promise<number> =>
  MatterModel.countDocuments({ 'halls.hallId': hallId, withdrawnAt: null });

/** Life topics (民生专题) with how many matters each holds, for people and for enterprises; the rest comes last. */
export async function listTopics(): Promise<Topic[]> {
  const rows = await MatterModel.aggregate<{ _id: { topic: string; audience: Audience }; count: number }>([
    { $match: { withdrawnAt: null } },
    { $unwind: '$audiences' },
    { $group: { _id: { topic: '$topic', audience: '$audiences' }, count: { $sum: 1 } } },
  ]);
  return rows
    .map(({ _id, count }) => ({ id: _id.topic, name: _id.topic, audience: _id.audience, count }))
    .sort(
      (a, b) =>
        Number(a.name === otherTopic) - Number(b.name === otherTopic) ||
        b.count - a.count ||
        a.name.localeCompare(b.name, 'zh'),
    );
}
