import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { log } from '../../kernel/log.ts';
import { WechatError } from '../../wechat/official-account/errors.ts';
import { accountErrors } from './contract.ts';
import type { KnownPerson } from './lookup.ts';
import type { AccountRoom } from './room.ts';
import { type Line, LineModel, type Thread, ThreadModel } from './threadModel.ts';

/** WeChat's limit for answers to what a person wrote. */
const answerMs = 48 * 3600_000;
const answersAllowed = 5;

/** A conversation in which a person of ours speaks: the account itself keeps silent. */
export const isWithStaff = (thread: Pick<Thread, 'state'>): boolean =>
  thread.state === 'waiting' || thread.state === 'open';

export const answerUntil = (thread: Pick<Thread, 'wroteAt'>): Date =>
  new Date(thread.wroteAt.getTime() + answerMs);

export const answersLeft = (thread: Pick<Thread, 'wroteAt' | 'answered'>, now: Date): number =>
  answerUntil(thread) > now ? Math.max(0, answersAllowed - thread.answered) : 0;

export function addLine(thread: Pick<Thread, '_id'>, line: Omit<Line, '_id' | 'threadId'>): Promise<unknown> {
  return LineModel.create([{ ...line, _id: newId(), threadId: thread._id }]);
}

/** A citizen wrote: the thread is there, its last line is this one, and answers are possible again. */
export async function citizenWrote(
  openid: string,
  person: KnownPerson | null,
  line: { type: string; text: string; at: Date },
): Promise<Thread> {
  const thread = await ThreadModel.findOneAndUpdate(
    { openid },
    {
      $setOnInsert: { _id: newId(), staff: null, state: 'automatic' },
      $set: {
        person: person?.displayName ?? '微信用户',
        personId: person?.id ?? null,
        lastText: line.text.slice(0, 100),
        lastAt: line.at,
        wroteAt: line.at,
        answered: 0,
      },
      $inc: { unread: 1 },
    } as never,
    { upsert: true, returnDocument: 'after' },
  ).lean<Thread>();
  await addLine(thread!, { ...line, from: 'citizen', by: null });
  return thread!;
}

/** The citizen asked for a person. */
export async function handOver(thread: Thread, at: Date): Promise<void> {
  if (isWithStaff(thread)) return;
  await ThreadModel.updateOne(
    { _id: thread._id, state: { $in: ['automatic', 'closed'] } },
    { $set: { state: 'waiting', staff: null, lastAt: at } },
  );
}

export async function backToAutomatic(threadId: string): Promise<void> {
  await ThreadModel.updateOne({ _id: threadId }, { $set: { state: 'automatic', staff: null, unread: 0 } });
}

/** Errors: `account.thread_not_found`. */
export async function findThread(id: string): Promise<Thread> {
  const found = await ThreadModel.findById(id).lean<Thread>();
  if (!found) throw new HallError(accountErrors.threadNotFound);
  return found;
}

/** One member of staff takes it; of two at once, one does. Errors: `thread_not_found`, `thread_taken`. */
export async function takeThread(id: string, staff: { id: string; name: string }): Promise<Thread> {
  await findThread(id);
  const taken = await ThreadModel.findOneAndUpdate(
    {
      _id: id,
      $or: [{ staff: null }, { 'staff.id': staff.id }, { state: { $in: ['automatic', 'closed'] } }],
    },
    { $set: { state: 'open', staff, unread: 0 } },
    { returnDocument: 'after' },
  ).lean<Thread>();
  if (!taken) throw new HallError(accountErrors.threadTaken);
  return taken;
}

/**
 * Answers by a customer message. Errors: `thread_not_found`, `thread_taken`, and what WeChat allows: `answer_too_late`,
 * `answer_too_many`, `answer_refused`.
 */
export async function answerThread(
  room: AccountRoom,
  id: string,
  text: string,
  staff: { id: string; name: string },
): Promise<Thread> {
  const thread = await takeThread(id, staff);
  const now = room.clock.now();
  if (answerUntil(thread) <= now) throw new HallError(accountErrors.answerTooLate);
  // Counted before the call: two answers at once cannot both be the fifth.
  const counted = await ThreadModel.updateOne(
    { _id: id, answered: { $lt: answersAllowed } },
    { $inc: { answered: 1 }, $set: { lastText: text.slice(0, 100), lastAt: now } },
  );
  if (counted.modifiedCount === 0) throw new HallError(accountErrors.answerTooMany);
  try {
    await room.account.sendText(thread.openid, text);
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    if (error.errcode !== null) await ThreadModel.updateOne({ _id: id }, { $inc: { answered: -1 } });
    log.warn({ errcode: error.errcode }, 'an answer of staff was not taken by WeChat');
    if (error.errcode === 45015) throw new HallError(accountErrors.answerTooLate);
    if (error.errcode === 45047) throw new HallError(accountErrors.answerTooMany);
    throw new HallError(accountErrors.answerRefused, { details: { code: error.errcode } });
  }
  await addLine(thread, { from: 'staff', by: staff.name, type: 'text', text, at: now });
  return findThread(id);
}

/** The conversation is over; the account answers by itself again. */
export async function closeThread(id: string): Promise<Thread> {
  await findThread(id);
  await ThreadModel.updateOne({ _id: id }, { $set: { state: 'closed', staff: null, unread: 0 } });
  return findThread(id);
}
