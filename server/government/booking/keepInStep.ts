import type { ClientSession } from 'mongoose';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { CityCursorModel, CityOrderModel, type StoredCursor, type StoredOrder } from './orderModel.ts';
import type { CityBooking, CityVisit, NewCityOrder } from './port.ts';

export interface StepRoom {
  readonly clock: Clock;
  readonly city: CityBooking;
  /** Name, identity number and phone for the city, read when they are sent and kept nowhere here; null: the person is gone. */
  readonly personOf: (personId: string) => Promise<NewCityOrder['person'] | null>;
  /** The city does not take a booking of ours (`full`, `duplicate`, …): ours must end, with an offer. May be called twice. */
  readonly onRefused: (ourNumber: string, code: string) => Promise<void>;
  /** The hall cancelled it at the city. May be called twice. */
  readonly onCancelledByHall: (ourNumber: string, reason: string) => Promise<void>;
  /** The person cancelled it in another channel. May be called twice. */
  readonly onCancelledByPerson?: (ourNumber: string) => Promise<void>;
  /**
   * A visit that was booked in another channel; may be called twice. `kept`: it has a place here; `full`: it has none, and
   * is cancelled there; `unknown`: not a hall or matter of ours.
   */
  readonly onMadeElsewhere?: (visit: CityVisit) => Promise<'kept' | 'full' | 'unknown'>;
}

const leaseMs = 30_000;
const longestPauseMs = 10 * 60_000;

/** Writes down that a booking of ours must stand at the city; joins the caller's transaction. Again: changes nothing. `now` is wall time. */
export async function queueOrder(
  ourNumber: string,
  personId: string,
  order: StoredOrder['order'],
  now: Date,
  session?: ClientSession,
): Promise<void> {
  const row: Omit<StoredOrder, '_id'> = {
    personId,
    order,
    wanted: 'booked',
    state: 'waiting',
    orderNo: null,
    mayHaveArrived: false,
    attempts: 0,
    lastError: null,
    dueAt: now,
    leaseUntil: longAgo,
    holder: null,
    open: true,
    seq: 0,
  };
  await CityOrderModel.updateOne(
    { _id: ourNumber },
    { $setOnInsert: row },
    { upsert: true, ...(session && { session }) },
  );
}

/** Writes down that it must not stand there any more, whatever is under way. */
export async function queueCancel(ourNumber: string, now: Date, session?: ClientSession): Promise<void> {
  await CityOrderModel.updateOne(
    { _id: ourNumber, wanted: 'booked' },
    { $set: { wanted: 'cancelled', open: true, dueAt: now } },
    session ? { session } : {},
  );
}

/** Does one piece of what is due; false when nothing is. Any number of processes may call it at once. */
export async function sendNext(room: StepRoom): Promise<boolean> {
  const holder = newId();
  const now = room.clock.wall();
  const row = await CityOrderModel.findOneAndUpdate(
    { open: true, dueAt: { $lte: now }, leaseUntil: { $lte: now } },
    { $set: { holder, leaseUntil: new Date(now.getTime() + leaseMs) }, $inc: { attempts: 1 } },
    { sort: { dueAt: 1 }, returnDocument: 'after' },
  ).lean<StoredOrder>();
  if (!row) return false;
  try {
    await (row.wanted === 'booked' ? makeStand(row, holder, room) : takeBack(row, holder, room));
  } catch (error) {
    if (!(error instanceof GovernmentError)) throw error;
    await tryLater(row, holder, error, room);
  }
  return true;
}

async function makeStand(row: StoredOrder, holder: string, room: StepRoom): Promise<void> {
  const standing = row.mayHaveArrived ? await standingOrder(row, room) : null;
  if (standing) {
    await settle(row, holder, { state: 'standing', orderNo: standing });
    return;
  }
  const person = await room.personOf(row.personId);
  if (!person) {
    await settle(row, holder, { state: 'refused', lastError: 'no person' });
    return;
  }
  // Written before it is sent: a process that dies during the call leaves the doubt behind, not a second booking.
  await settle(row, holder, { mayHaveArrived: true, open: true });
  try {
    const { orderNo } = await room.city.create({ ...row.order, ourNumber: row._id, person });
    await settle(row, holder, { state: 'standing', orderNo });
  } catch (error) {
    if (!(error instanceof GovernmentError) || error.kind !== 'refused') throw error;
    // 「您当天已预约该事项」 may be our own booking, whose answer was lost.
    const ours = error.code === 'duplicate' ? await standingOrder(row, room) : null;
    if (ours) {
      await settle(row, holder, { state: 'standing', orderNo: ours });
      return;
    }
    await room.onRefused(row._id, error.code);
    await settle(row, holder, { state: 'refused', lastError: error.code });
  }
}

async function standingOrder(row: StoredOrder, room: StepRoom): Promise<string | null> {
  const found = await room.city.find(row._id);
  return found.find(({ state }) => state === 'booked')?.orderNo ?? null;
}

async function takeBack(row: StoredOrder, holder: string, room: StepRoom): Promise<void> {
  const orderNo = row.orderNo ?? (row.mayHaveArrived ? await standingOrder(row, room) : null);
  if (orderNo) {
    const cancelling =
      row.elsewhere === 'full'
        ? room.city.cancel(orderNo, '大厅该时段已约满', 'hall')
        : room.city.cancel(orderNo, '本人取消');
    await cancelling.catch((error: unknown) => {
      const gone = error instanceof GovernmentError && error.kind === 'refused';
      if (!gone) throw error; // unknown there, or served already: nothing is left to take back
    });
  }
  await settle(row, holder, { state: 'cancelled' });
}

/** Writes the outcome if the row is still ours; a cancellation that came meanwhile keeps it open. */
async function settle(row: StoredOrder, holder: string, facts: Partial<StoredOrder>): Promise<void> {
  const rest = facts.open ? facts : { ...facts, open: false, holder: null, leaseUntil: longAgo };
  const same = await CityOrderModel.updateOne({ _id: row._id, holder, wanted: row.wanted }, { $set: rest });
  if (same.matchedCount === 1) return;
  await CityOrderModel.updateOne({ _id: row._id, holder }, { $set: { ...rest, open: true } });
}
const longAgo = new Date(0);

async function tryLater(
  row: StoredOrder,
  holder: string,
  error: GovernmentError,
  room: StepRoom,
): Promise<void> {
  const pause = Math.min(1000 * 2 ** Math.min(row.attempts, 12), longestPauseMs);
  const next = new Date(room.clock.wall().getTime() + pause);
  await CityOrderModel.updateOne(
    { _id: row._id, holder },
    {
      $set: {
        dueAt: next,
        leaseUntil: longAgo,
        holder: null,
        lastError: `${error.kind}:${error.code}`.slice(0, 200),
      },
    },
  );
}

/** Reads what happened at the city since last time and passes on what the hall there cancelled. */
export async function followChanges(room: StepRoom): Promise<number> {
  const cursor = await CityCursorModel.findById('changes').lean<StoredCursor>();
  const { changes, last } = await room.city.changes(cursor?.after ?? 0);
  let applied = 0;
  for (const change of [...changes].sort((a, b) => a.seq - b.seq)) {
    if (change.state === 'booked') {
      if (change.ourNumber === '' && change.visit) await followNew(room, change.visit, change.seq);
      continue;
    }
    if (change.state !== 'cancelledByHall' && change.state !== 'cancelledByPerson') continue;
    const number = change.ourNumber || change.orderNo;
    const row = await CityOrderModel.findOne({ _id: number, seq: { $lt: change.seq } }).lean<StoredOrder>();
    if (!row) continue; // of another channel and not for us, or seen before
    if (row.wanted === 'booked') {
      if (change.state === 'cancelledByHall') {
        await room.onCancelledByHall(number, change.reason ?? '大厅调整');
      } else await room.onCancelledByPerson?.(number);
    } else if (change.state === 'cancelledByPerson') continue; // the echo of our own
    await CityOrderModel.updateOne(
      { _id: number },
      { $set: { seq: change.seq, state: 'cancelled', wanted: 'cancelled', open: false } },
    );
    applied += 1;
  }
  await CityCursorModel.updateOne({ _id: 'changes' }, { $max: { after: last } }, { upsert: true });
  return applied;
}

/** A booking of another channel gets its place here, or is taken back there. Again: changes nothing. */
export async function followNew(
  room: StepRoom,
  visit: CityVisit,
  seq = 0,
): Promise<'kept' | 'full' | 'unknown'> {
  if (!room.onMadeElsewhere) return 'unknown';
  const known = await CityOrderModel.findById(visit.orderNo).lean<StoredOrder>();
  if (known) return known.elsewhere === 'full' ? 'full' : 'kept';
  const found = await room.onMadeElsewhere(visit);
  if (found === 'unknown') return found;
  const { orgCode, itemCode, day, from, until } = visit;
  const now = room.clock.wall();
  const row: Omit<StoredOrder, '_id'> = {
    personId: '',
    order: { orgCode, itemCode, itemName: '', day, from, until },
    wanted: found === 'kept' ? 'booked' : 'cancelled',
    state: 'standing',
    orderNo: visit.orderNo,
    mayHaveArrived: true,
    attempts: 0,
    lastError: null,
    dueAt: now,
    leaseUntil: longAgo,
    holder: null,
    open: found === 'full',
    seq,
    elsewhere: found,
  };
  await CityOrderModel.updateOne({ _id: visit.orderNo }, { $setOnInsert: row }, { upsert: true });
  return found;
}

/** What the city does not have although it should: sent again, after asking by our number. */
export async function queueAgain(ourNumber: string, now: Date): Promise<void> {
  await CityOrderModel.updateOne(
    { _id: ourNumber, wanted: 'booked', open: false },
    { $set: { state: 'waiting', mayHaveArrived: true, open: true, dueAt: now, orderNo: null } },
  );
}

/** What the city still has although nobody wants it any more. */
export async function cancelAgain(ourNumber: string, orderNo: string, now: Date): Promise<void> {
  await CityOrderModel.updateOne(
    { _id: ourNumber, open: false },
    { $set: { wanted: 'cancelled', open: true, dueAt: now, orderNo } },
  );
}
