import type { ClientSession } from 'mongoose';
import { inTransaction } from '../../kernel/database.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { nextNumber } from '../booking/counterModel.ts';
import { newest } from '../booking/newest.ts';
import { serially } from '../booking/serial.ts';
import { queueErrors } from './contract.ts';
import { afterCall, type Choice, cameFirst, chooseNext, foreseeOrder, overtakenBy } from './fairness.ts';
import { keptCalls, type LineKey, lines } from './lineModel.ts';
import { type Ticket, tickets } from './model.ts';
import { tellSoon, tellTurn } from './queueNotices.ts';
import { type LineState, lineReader } from './readLine.ts';
import type { QueueRoom } from './room.ts';
import { sitDown, standUp } from './sittings.ts';
import { ticketStateAfter } from './states.ts';
import { type QueueWindow, windowIdOf, windows } from './windowModel.ts';

interface Candidate extends LineState {
  readonly key: LineKey;
  readonly choice: Choice;
}

/**
 * Calls the next person to a window, by the rule in fairness.ts. The call is decided on one version of the line and
 * written only if it is still the newest; the ticket, the window, the line and the notices change together. So two
 * windows never call the same ticket (I4), and the bound on overtakes holds over all processes (I5).
 * Errors: 404 queue.window_unknown, 409 queue.window_closed, window_busy, nobody_waiting.
 */
export async function callNext(room: QueueRoom, hallId: string, number: string, by: string): Promise<Ticket> {
  return serially(`calls ${hallId}`, async () => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const window = await readWindow(hallId, number);
      if (!window.open) throw new HallError(queueErrors.windowClosed);
      if (window.ticketId) throw new HallError(queueErrors.windowBusy);
      const candidate = await choose(room, window);
      if (!candidate) throw new HallError(queueErrors.nobodyWaiting);
      const called = await inTransaction((session) => call(room, window, candidate, by, session));
      if (called) return called;
    }
    throw new HallError(hallErrors.busy);
  });
}

export async function readWindow(hallId: string, number: string): Promise<QueueWindow> {
  const window = await windows().findOne({ _id: windowIdOf(hallId, number) }, newest());
  if (!window) throw new HallError(queueErrors.windowUnknown);
  return window;
}

/** Over all lines the window serves: who was passed too often, then who came first; the early ones last. */
async function choose(room: QueueRoom, window: QueueWindow): Promise<Candidate | null> {
  const now = room.clock.now();
  const day = localDayOf(now);
  const candidates: Candidate[] = [];
  for (const group of window.groups) {
    const key = { hallId: window.hallId, zone: window.zone, group, day };
    const state = await lineReader.read(key);
    const choice = chooseNext(state.waiting, state.line.memory, now.getTime(), room.rules.fairness);
    if (choice) candidates.push({ ...state, key, choice });
  }
  const rank = ({ choice }: Candidate): number =>
    choice.reason === 'passedTooOften' ? 0 : choice.reason === 'early' ? 2 : 1;
  candidates.sort((a, b) => rank(a) - rank(b) || cameFirst(a.choice.ticket, b.choice.ticket));
  return candidates[0] ?? null;
}

/** Null: the line, the ticket or the window has changed since it was read; nothing is written. */
async function call(
  room: QueueRoom,
  window: QueueWindow,
  { line, waiting, key, choice }: Candidate,
  by: string,
  session: ClientSession,
): Promise<Ticket | null> {
  const now = room.clock.now();
  const { ticket: chosen } = choice;
  const memory = afterCall(line.memory, chosen.kind);
  const seq = await nextNumber(`calls ${key.hallId} ${key.day}`, session);
  const to = ticketStateAfter('call');
  const ticket = await tickets().findOneAndUpdate(
    { _id: chosen.id, state: 'waiting' },
    {
      $set: { state: to, window: window.number, calledAt: now, calls: 1 },
      $push: { history: { at: now, by, event: 'call', to, window: window.number, why: choice.reason } },
    },
    { session, returnDocument: 'after' },
  );
  if (!ticket) return undo(session);
  const entry = { seq, label: ticket.label, window: window.number, times: 1, at: now };
  const written = await lines().updateOne(
    { _id: line._id, version: line.version, epoch: line.epoch },
    { $set: { memory }, $inc: { version: 1 }, $push: { calls: { $each: [entry], $slice: -keptCalls } } },
    { session },
  );
  if (written.modifiedCount !== 1) return undo(session);
  const taken = await windows().updateOne(
    { _id: window._id, open: true, ticketId: null },
    { $set: { ticketId: ticket._id } },
    { session },
  );
  if (taken.modifiedCount !== 1) return undo(session);
  const passed = overtakenBy(chosen, waiting, now.getTime()).map((each) => each.id);
  if (passed.length > 0) {
    await tickets().updateMany({ _id: { $in: passed } }, { $inc: { overtaken: 1 } }, { session });
  }
  await tellTurn(ticket, window.number, now, session);
  const passedIds = new Set(passed);
  const rest = waiting
    .filter((each) => each.id !== chosen.id)
    .map((each) => (passedIds.has(each.id) ? { ...each, overtaken: each.overtaken + 1 } : each));
  const soon = foreseeOrder(rest, memory, now.getTime(), room.rules.fairness, room.rules.soonAt + 1);
  await tellThoseNext(
    soon.map((each) => each.id),
    now,
    session,
  );
  return ticket;
}

/** Those who now have at most `soonAt` before them are told, each once. */
async function tellThoseNext(ids: readonly string[], now: Date, session: ClientSession): Promise<void> {
  const untold = await tickets()
    .find({ _id: { $in: [...ids] }, toldSoon: false, personId: { $type: 'string' } }, { session })
    .toArray();
  for (const ticket of untold) {
    await tickets().updateOne({ _id: ticket._id }, { $set: { toldSoon: true } }, { session });
    await tellSoon(ticket, ids.indexOf(ticket._id), now, session);
  }
}

async function undo(session: ClientSession): Promise<null> {
  await session.abortTransaction();
  return null;
}

/** Opens a window for who sits there; its kinds of visits are its own group unless others are named. */
export async function openWindow(
  room: QueueRoom,
  hallId: string,
  number: string,
  staff: { readonly staffId: string; readonly name: string },
  groups?: readonly string[],
): Promise<QueueWindow> {
  const hall = await room.findHall(hallId);
  for (const zone of hall?.zones ?? []) {
    const found = zone.windows.find((each) => each.number === number);
    if (!found) continue;
    const known = new Set(hall!.zones.flatMap((each) => each.windows.map((window) => window.group)));
    if (groups?.some((each) => !known.has(each))) throw new HallError(queueErrors.groupUnknown);
    const _id = windowIdOf(hallId, number);
    const taken = groups ? [...groups] : [found.group];
    const seat = { staffId: staff.staffId, staffName: staff.name, groups: taken };
    await inTransaction(async (session) => {
      await windows().updateOne(
        { _id },
        { $set: { open: true, ...seat }, $setOnInsert: { hallId, number, zone: zone.code, ticketId: null } },
        { upsert: true, session },
      );
      await sitDown({ hallId, number }, seat, room.clock.now(), session);
    });
    return readWindow(hallId, number);
  }
  throw new HallError(queueErrors.windowUnknown);
}

/** Closes a window that has nobody at it. Error: 409 queue.window_busy. */
export async function closeWindow(
  room: Pick<QueueRoom, 'clock'>,
  hallId: string,
  number: string,
): Promise<QueueWindow> {
  const { _id } = await readWindow(hallId, number);
  const closed = await inTransaction(async (session) => {
    const { matchedCount } = await windows().updateOne(
      { _id, ticketId: null },
      { $set: { open: false, staffId: null, staffName: null } },
      { session },
    );
    if (matchedCount === 1) await standUp({ hallId, number }, room.clock.now(), session);
    return matchedCount === 1;
  });
  if (!closed) throw new HallError(queueErrors.windowBusy);
  return readWindow(hallId, number);
}
