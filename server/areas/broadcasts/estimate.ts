import { DateTime } from 'luxon';
import { hallZone } from '../../kernel/localDay.ts';
import { namesOfOpenids } from '../people/namesOfOpenids.ts';
import { countAudience, pageOfAudience } from './audience.ts';
import { findList } from './audienceLists.ts';
import type { Audience, Estimate } from './contract.ts';
import { maskOpenid } from './listReceivers.ts';
import { type Broadcast, BroadcastModel } from './model.ts';
import type { BroadcastsRoom } from './room.ts';
import { countNotFollowing } from './townVisitors.ts';

const sendPath = '/cgi-bin/message/template/send';
const sampleSize = 5;
/** WeChat delivers at most this many mass messages a calendar month to one follower. */
const massesAMonth = 4;

/** What the approver decides about: how many, for example whom, and what it costs of what WeChat allows. */
export async function estimateBroadcast(room: BroadcastsRoom, broadcast: Broadcast): Promise<Estimate> {
  const { audience, content } = broadcast;
  const [count, notFollowing, sample] = await Promise.all([
    countAudience(room, audience),
    notFollowingOf(room, audience),
    sampleOf(room, audience),
  ]);
  const cost =
    content.kind === 'template' ? await templateCost(room, count) : await massCost(room, broadcast);
  return { count, notFollowing, sample, cost };
}

/** Null for the followers and a tag: there everybody follows. */
async function notFollowingOf(room: BroadcastsRoom, audience: Audience): Promise<number | null> {
  if (audience.kind === 'list') return (await findList(audience.listId)).counts.notFollowing;
  if (audience.kind === 'applicants' || audience.kind === 'town') {
    return countNotFollowing(audience, room.clock.now());
  }
  return null;
}

/** Five receivers spread over the first page. */
async function sampleOf(room: BroadcastsRoom, audience: Audience): Promise<Estimate['sample']> {
  const { openids } = await pageOfAudience(room, audience, null);
  const step = Math.max(1, Math.floor(openids.length / sampleSize));
  const some = openids.filter((_, index) => index % step === 0).slice(0, sampleSize);
  const names = await namesOfOpenids(some);
  return some.map((openid) => ({ receiver: maskOpenid(openid), name: names.get(openid) ?? null }));
}

async function templateCost(room: BroadcastsRoom, count: number): Promise<Estimate['cost']> {
  const { dailyLimit, remain } = await room.account.quota(sendPath);
  const { share, atLeast } = room.settings.personalReserve;
  const reserve = Math.max(Math.ceil(dailyLimit * share), Math.min(atLeast, dailyLimit / 2));
  const today = Math.max(0, remain - reserve);
  const later = Math.max(0, count - today);
  const perDay = Math.max(1, dailyLimit - reserve);
  return {
    kind: 'template',
    needed: count,
    today,
    reserve,
    days: (today > 0 ? 1 : 0) + Math.ceil(later / perDay),
  };
}

/**
 * Masses sent from here in the month this one would go out in, whatever their audience. WeChat counts by person: who was
 * in none of them has more left, and what was sent elsewhere (on mp.weixin.qq.com) is not known here.
 */
async function massCost(room: BroadcastsRoom, broadcast: Broadcast): Promise<Estimate['cost']> {
  const at = DateTime.fromJSDate(broadcast.startedAt ?? broadcast.scheduledAt ?? room.clock.now(), {
    zone: hallZone,
  });
  const month = at.startOf('month');
  const used = await BroadcastModel.countDocuments({
    _id: { $ne: broadcast._id },
    'content.kind': { $ne: 'template' },
    state: { $in: ['sending', 'sent'] },
    startedAt: { $gte: month.toJSDate(), $lt: month.plus({ months: 1 }).toJSDate() },
  });
  return { kind: 'mass', used, limit: massesAMonth };
}
