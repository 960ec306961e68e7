import { createHash } from 'node:crypto';
import { inTransaction, isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId, newSecret } from '../../kernel/ids.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { newest } from '../booking/newest.ts';
import { groupIn } from '../booking/schedule.ts';
import { serially } from '../booking/serial.ts';
import { queueErrors } from './contract.ts';
import { type Kiosk, kiosks } from './deviceModel.ts';
import { ticketsLeft } from './estimate.ts';
import { issueTicket } from './issueTicket.ts';
import { type Ticket, tickets } from './model.ts';
import { openingOf } from './opening.ts';
import { lineReader } from './readLine.ts';
import type { QueueRoom } from './room.ts';
import { windows } from './windowModel.ts';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Registers a ticket machine; its token is told this once. */
export async function addKiosk(
  hallId: string,
  name: string,
  token = newSecret(),
): Promise<{ id: string; token: string }> {
  const id = newId();
  await kiosks().updateOne(
    { tokenHash: hashOf(token) },
    { $set: { hallId, name }, $setOnInsert: { _id: id, locked: false, seenAt: null } },
    { upsert: true },
  );
  return { id, token };
}

/** The machine that holds a token. Errors: 401 queue.kiosk_unknown, 423 queue.kiosk_locked (unless `evenLocked`). */
export async function kioskOf(room: QueueRoom, token: string, evenLocked = false): Promise<Kiosk> {
  const kiosk = token ? await kiosks().findOne({ tokenHash: hashOf(token) }) : null;
  if (!kiosk) throw new HallError(queueErrors.kioskUnknown);
  const now = room.clock.now();
  if (!kiosk.seenAt || now.getTime() - kiosk.seenAt.getTime() > 10_000) {
    await kiosks().updateOne({ _id: kiosk._id }, { $set: { seenAt: now } });
  }
  if (kiosk.locked && !evenLocked) throw new HallError(queueErrors.kioskLocked);
  return kiosk;
}

/** Locks or unlocks a machine from afar. False: there is none. */
export async function lockKiosk(id: string, locked: boolean): Promise<boolean> {
  return (await kiosks().updateOne({ _id: id }, { $set: { locked } })).matchedCount === 1;
}

/**
 * A paper ticket for somebody without a booking. One press is one ticket: the same `requestId` answers the same one.
 * Errors: 404 queue.group_unknown, 409 queue.closed, 409 queue.tickets_out.
 */
export async function takeWalkIn(
  room: QueueRoom,
  kiosk: Kiosk,
  asked: { readonly group: string; readonly priority: boolean; readonly requestId: string },
): Promise<Ticket> {
  const requestId = `${kiosk._id}.${asked.requestId}`;
  const before = await tickets().findOne({ requestId }, newest());
  if (before) return before;
  const hall = await room.findHall(kiosk.hallId);
  const where = hall && groupIn(hall, asked.group);
  if (!hall || !where) throw new HallError(queueErrors.groupUnknown);
  const now = room.clock.now();
  const key = { hallId: hall.id, zone: where.zone, group: asked.group, day: localDayOf(now) };
  const opening = openingOf(hall, room, asked.group);
  if (!opening.gives) throw new HallError(queueErrors.closed);
  const { line, waiting } = await lineReader.read(key);
  const open = await windows().countDocuments({ hallId: hall.id, groups: asked.group, open: true });
  const left = ticketsLeft(
    opening.minutesLeft,
    open || where.windows,
    waiting.length,
    line.recent,
    room.rules,
  );
  if (left === 0) throw new HallError(queueErrors.ticketsOut);
  const kind = asked.priority ? ('priority' as const) : ('walkIn' as const);
  const by = `kiosk:${kiosk._id}`;
  try {
    return await serially(`tickets ${hall.id}`, () =>
      inTransaction((session) =>
        issueTicket(
          { ...key, hallName: hall.name, zoneName: where.zoneName, kind, since: now, at: now, by, requestId },
          session,
        ),
      ),
    );
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return (await tickets().findOne({ requestId }, newest()))!;
  }
}
