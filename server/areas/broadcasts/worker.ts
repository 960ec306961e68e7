import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../kernel/ids.ts';
import type { Worker } from '../../kernel/jobs.ts';
import { log } from '../../kernel/log.ts';
import { dropLease, holdLease } from '../../kernel/outbox/lease.ts';
import { startWorkLoop } from '../../kernel/outbox/workLoop.ts';
import { WechatError } from '../../wechat/official-account/errors.ts';
import { addReceiptMatcher } from '../notices/receipts.ts';
import { nextDay } from '../notices/rules.ts';
import { renderTemplate, templates } from '../notices/templates.ts';
import { storeCounts } from './counts.ts';
import { type Broadcast, BroadcastModel } from './model.ts';
import { matchRows } from './receiptRows.ts';
import type { BroadcastsRoom } from './room.ts';
import { moveBroadcast } from './runnerMoves.ts';
import { pollMass, submitMass } from './sendMass.ts';
import { type RunEnd, sendToRows } from './sendToRows.ts';
import { SharedPace } from './sharedPace.ts';
import { onRunnerWake, wakeRunner } from './wakeRunner.ts';

const leaseName = 'broadcasts.run';
const watchMs = 400;

/**
 * Runs what is approved and due, some broadcasts side by side (`broadcastsAtOnce`), for the whole hall in whichever process
 * holds the lease. So an urgent one does not wait for hours behind a big one.
 */
export function broadcastsWorkers(room: BroadcastsRoom): readonly Worker[] {
  addReceiptMatcher(matchRows);
  return [{ name: 'broadcasts.run', start: () => startRunner(room) }];
}

function startRunner(room: BroadcastsRoom): ReturnType<Worker['start']> {
  const me = newId();
  const stopping = new AbortController();
  const pace = new SharedPace(room, room.concurrency ?? 100);
  const running = new Map<string, Promise<void>>();
  const held = rememberedLease(me, room.leaseMs ?? 30_000);
  let lastPoll = 0;
  const begin = (broadcast: Broadcast): void => {
    const work = run(room, broadcast, pace, held, stopping.signal)
      .catch(async (error: unknown) => {
        log.error({ error, broadcast: broadcast._id }, 'a run broke off; it goes on in a moment');
        await pause(1000, undefined, { signal: stopping.signal }).catch(() => {});
      })
      .finally(() => {
        running.delete(broadcast._id);
        wakeRunner();
      });
    running.set(broadcast._id, work);
  };
  const loop = startWorkLoop({
    name: leaseName,
    pollMs: room.pollMs ?? 500,
    onWake: onRunnerWake,
    step: async () => {
      if (stopping.signal.aborted || !(await held())) return false;
      if (performance.now() - lastPoll > 5000) {
        lastPoll = performance.now();
        await pollSubmitted(room);
      }
      const next = await pickNext(room, [...running.keys()]);
      if (!next) return false;
      begin(next);
      return true;
    },
  });
  return {
    stop: async () => {
      stopping.abort();
      await loop.stop();
      await Promise.all(running.values());
      await dropLease(leaseName, me);
    },
  };
}

/** Is the lease ours? It is written anew at a quarter of its time, not at every question: each is a write to disk. */
function rememberedLease(me: string, ms: number): () => Promise<boolean> {
  let sureUntil = 0;
  let asking: Promise<boolean> | null = null;
  const ask = async (): Promise<boolean> => {
    const asked = performance.now();
    const mine = await holdLease(leaseName, me, ms);
    sureUntil = mine ? asked + ms / 4 : 0;
    return mine;
  };
  return async () => {
    if (performance.now() < sureUntil) return true;
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

async function pollSubmitted(room: BroadcastsRoom): Promise<void> {
  const waiting = BroadcastModel.find({ state: 'sending', massMsgId: { $ne: null } });
  for (const broadcast of await waiting.limit(20).lean<Broadcast[]>()) {
    const age = room.clock.now().getTime() - (broadcast.startedAt?.getTime() ?? 0);
    if (age > 10_000) await pollMass(room, broadcast);
  }
}

/**
 * What is under way and not resting, else what is approved and whose time has come. When as many run as may, only a mass
 * send is begun: that is one call.
 */
async function pickNext(room: BroadcastsRoom, running: readonly string[]): Promise<Broadcast | null> {
  const wall = room.clock.wall();
  const full = running.length >= room.settings.broadcastsAtOnce;
  const fits: object = { _id: { $nin: running }, ...(full && { 'content.kind': { $ne: 'template' } }) };
  const rested = { $or: [{ restUntil: null }, { restUntil: { $lte: wall } }] };
  const underWay = await BroadcastModel.findOne({ ...fits, state: 'sending', massMsgId: null, ...rested })
    .sort({ startedAt: 1 })
    .lean<Broadcast>();
  if (underWay) return underWay;
  const now = room.clock.now();
  const due = { $or: [{ scheduledAt: null }, { scheduledAt: { $lte: now } }] };
  const approved = await BroadcastModel.findOne({ ...fits, state: 'approved', ...due })
    .sort({ _id: 1 })
    .lean<Broadcast>();
  return approved && moveBroadcast(approved, 'start', now, null, { startedAt: now });
}

async function run(
  room: BroadcastsRoom,
  broadcast: Broadcast,
  pace: SharedPace,
  held: () => Promise<boolean>,
  stopping: AbortSignal,
): Promise<void> {
  try {
    if (broadcast.content.kind === 'template') await runTemplate(room, broadcast, pace, held, stopping);
    else await submitMass(room, broadcast);
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    await reactToAll(room, broadcast, error);
  }
}

/** A call for the whole broadcast was refused: the mass send itself, the audience's list, the account's templates. */
async function reactToAll(room: BroadcastsRoom, broadcast: Broadcast, error: WechatError): Promise<void> {
  const wall = room.clock.wall();
  log.warn(
    { broadcast: broadcast._id, errcode: error.errcode, kind: error.kind },
    'a broadcast cannot go on',
  );
  if (['retry', 'refresh', 'unknown', 'slower', 'duplicate'].includes(error.kind)) {
    const wait = error.kind === 'slower' ? 61_000 : error.errcode === 45066 ? 61_000 : 3000;
    await BroadcastModel.updateOne(
      { _id: broadcast._id },
      { $set: { restUntil: new Date(wall.getTime() + wait) } },
    );
    return;
  }
  if (error.kind === 'quota' && broadcast.content.kind === 'template') return rest(room, broadcast);
  const note = error.errcode === 45028 ? '本月群发次数已用完' : `微信拒绝（${error.errcode ?? '无回应'}）`;
  const act = broadcast.content.kind === 'template' ? 'halt' : 'fail';
  await moveBroadcast(broadcast, act, room.clock.now(), note, {});
}

async function runTemplate(
  room: BroadcastsRoom,
  broadcast: Broadcast,
  pace: SharedPace,
  held: () => Promise<boolean>,
  stopping: AbortSignal,
): Promise<void> {
  const pinned = broadcast.pinned ?? (await pin(room, broadcast));
  const sending = sendToRows(room, { ...broadcast, pinned }, pace);
  const watch = setInterval(() => void look(), watchMs);
  const look = async (): Promise<void> => {
    if (stopping.aborted) return sending.end({ why: 'asked' });
    const [mine, now] = await Promise.all([
      held(),
      BroadcastModel.findOneAndUpdate(
        { _id: broadcast._id },
        { $set: { rate: Math.round(sending.rate()) } },
        { projection: { state: 1 } },
      ).lean<{ state: string }>(),
    ]).catch(() => [true, { state: 'sending' }] as const); // the next look will tell
    if (!mine || now?.state !== 'sending') sending.end({ why: 'asked' });
  };
  let end: RunEnd;
  try {
    end = await sending.ended;
  } finally {
    clearInterval(watch);
  }
  const now = room.clock.now();
  const counts = await storeCounts(broadcast._id, room.clock.wall());
  if (end.why === 'finished') await moveBroadcast(broadcast, 'finish', now, null, { counts });
  if (end.why === 'halt') await moveBroadcast(broadcast, 'halt', now, end.note, { counts, rate: null });
  if (end.why === 'rest') await rest(room, broadcast);
}

/** The day's quota, less what personal notices keep, is used up: on with it tomorrow. */
async function rest(room: BroadcastsRoom, broadcast: Broadcast): Promise<void> {
  const restUntil = nextDay(room.clock.wall());
  const note = '今天的模板消息额度已用完（已为个人通知留出余量），明天继续';
  const at = room.clock.now();
  await BroadcastModel.updateOne({ _id: broadcast._id, state: 'sending' }, {
    $set: { restUntil, rate: null },
    $push: { history: { at, by: '系统', act: '等待额度', note } },
  } as never);
}

async function pin(room: BroadcastsRoom, broadcast: Broadcast): Promise<NonNullable<Broadcast['pinned']>> {
  const { content } = broadcast;
  const template = content.kind === 'template' ? templates.get(content.template) : undefined;
  if (!template || content.kind !== 'template') throw new Error('a broadcast without a template');
  const { templateId, keys } = await room.templates.place(template);
  const { fields } = renderTemplate(template, content.values);
  const data = Object.fromEntries(fields.map(({ from, value }) => [keys[from]!, value]));
  const pinned = { templateId, data };
  await BroadcastModel.updateOne({ _id: broadcast._id }, { $set: { pinned } });
  return pinned;
}
