import type { ClientSession } from 'mongoose';
import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import { addDays, localDayOf, noticeTime } from '../../kernel/localDay.ts';
import { deadline } from '../../kernel/workingDays/deadline.ts';
import { createNotice } from '../notices/createNotice.ts';
import { type OrderAct, ratingsErrors } from './contract.ts';
import { ratedDays, type ServiceEvent, serviceEvents, type WorkOrder, workOrders } from './model.ts';
import type { RatingsRoom } from './room.ts';
import { type OrderEvent, openOrderStates, orderStateAfter } from './states.ts';

interface Step {
  readonly event: OrderEvent;
  readonly by: string;
  readonly why: string | null;
  readonly set?: Partial<WorkOrder>;
  /** What has to change together with the order. */
  readonly also?: (session: ClientSession, after: WorkOrder) => Promise<void>;
}

/** Which halls a member of staff may see: nobody's, or those they work in. */
export const ownHalls = (staff: Pick<StaffMember, 'hallIds'>): Record<string, unknown> =>
  staff.hallIds.length === 0 ? {} : { hallId: { $in: [...staff.hallIds] } };

/** One step along the graph, with who, when and why. Error: 409 ratings.order_changed. */
async function step(
  room: RatingsRoom,
  order: WorkOrder,
  { event, by, why, set, also }: Step,
): Promise<WorkOrder> {
  const to = orderStateAfter(order.state, event);
  if (to === null) throw new HallError(ratingsErrors.orderChanged);
  const at = room.clock.now();
  const whySealed = why === null ? null : room.cipher.encrypt(why, `ratings.why/${order._id}`);
  const done = await inTransaction(async (session) => {
    const after = await workOrders().findOneAndUpdate(
      { _id: order._id, revision: order.revision },
      {
        $set: { ...set, state: to },
        $inc: { revision: 1 },
        $push: { history: { at, by, event, to, whySealed } },
      },
      { session, returnDocument: 'after' },
    );
    if (after) await also?.(session, after);
    return after;
  });
  if (!done) throw new HallError(ratingsErrors.orderChanged);
  return done;
}

/** Which events a member of staff could bring about in this state. */
export function actsOf(order: WorkOrder, staffId: string, mayDecide: boolean): string[] {
  switch (order.state) {
    case 'toContact':
      return ['contact', 'handOver', 'appeal'];
    case 'fixing':
      return ['answer', 'handOver', ...(order.extended ? [] : ['extend']), 'appeal'];
    case 'appealed':
      return mayDecide && order.appealedBy !== staffId ? ['agree', 'refuse'] : [];
    default:
      return [];
  }
}

/**
 * What staff do with a bad rating. Whoever appeals does not decide it.
 * Errors: 404 ratings.order_unknown, 409 ratings.order_changed, 403 ratings.own_appeal.
 */
export async function actOnOrder(
  room: RatingsRoom,
  id: string,
  act: OrderAct,
  staff: Pick<StaffMember, 'staffId' | 'hallIds'>,
): Promise<WorkOrder> {
  const order = await workOrders().findOne({ _id: id, ...ownHalls(staff) });
  const event = order && (await serviceEvents().findOne({ _id: id }));
  if (!order || !event) throw new HallError(ratingsErrors.orderUnknown);
  const base = { by: `staff:${staff.staffId}`, why: act.why };
  switch (act.do) {
    case 'contact':
      return step(room, order, { ...base, event: 'contact', set: { contacted: true } });
    case 'handOver': {
      const set = { department: act.department };
      return step(room, order, { ...base, event: order.contacted ? 'handOver' : 'handOverNew', set });
    }
    case 'extend':
      if (order.extended) throw new HallError(ratingsErrors.orderChanged);
      return step(room, order, {
        ...base,
        event: 'extend',
        set: { extended: true, dueFix: longest(room, order) },
      });
    case 'answer':
      return answer(room, order, event, base);
    case 'appeal':
      return step(room, order, { ...base, event: 'appeal', set: { appealedBy: staff.staffId } });
    case 'agree':
    case 'refuse':
      if (order.appealedBy === staff.staffId) throw new HallError(ratingsErrors.ownAppeal);
      if (act.do === 'agree')
        return step(room, order, { ...base, event: 'agree', also: (s) => setAside(event, s) });
      return step(room, order, { ...base, event: order.contacted ? 'refuse' : 'refuseNew' });
  }
}

const longest = ({ calendar, rules }: RatingsRoom, { ratedAt }: WorkOrder): string =>
  deadline(calendar, localDayOf(ratedAt), { amount: rules.extendedWorkdays, unit: 'workday' }).day;

async function answer(
  room: RatingsRoom,
  order: WorkOrder,
  event: ServiceEvent,
  base: { readonly by: string; readonly why: string },
): Promise<WorkOrder> {
  const now = room.clock.now();
  const set = {
    answerSealed: room.cipher.encrypt(base.why, `ratings.answer/${order._id}`),
    answeredAt: now,
    standsAfter: addDays(localDayOf(now), room.rules.followUpDays),
  };
  const also = async (session: ClientSession, after: WorkOrder): Promise<void> => {
    if (event.personId === null) return;
    await createNotice(
      {
        key: `${event.personId}:rating.answered:${event._id}.${after.revision}`,
        personId: event.personId,
        kind: 'rating.answered',
        values: {
          matter: event.matter,
          number: event.number,
          state: '您的评价已答复',
          time: noticeTime(now),
        },
        page: `packages/rating/rate/index?id=${event._id}`,
        at: now,
      },
      session,
    );
  };
  return step(room, order, { ...base, event: 'answer', set, also });
}

/** The rating no longer counts, and its day is counted again. */
async function setAside(event: ServiceEvent, session: ClientSession): Promise<void> {
  await serviceEvents().updateOne({ _id: event._id }, { $set: { voided: true } }, { session });
  if (!event.rating) return;
  const { day } = event.rating;
  await ratedDays().deleteMany({ _id: { $in: [day, day.slice(0, 7)] } }, { session });
}

/** May the citizen still send the answer back? */
export const mayFollowUp = (room: RatingsRoom, order: WorkOrder): boolean =>
  order.state === 'answered' &&
  order.followUps < room.rules.followUps &&
  order.standsAfter !== null &&
  localDayOf(room.clock.now()) <= order.standsAfter;

/** The citizen's word on an answer: content, or not, once. Error: 409 ratings.no_follow_up. */
export async function followUp(
  room: RatingsRoom,
  event: ServiceEvent,
  satisfied: boolean,
  text: string,
): Promise<WorkOrder> {
  const order = await workOrders().findOne({ _id: event._id });
  const open = order && (satisfied ? order.state === 'answered' : mayFollowUp(room, order));
  if (!order || !open) throw new HallError(ratingsErrors.noFollowUp);
  const base = { by: event.personId ?? 'citizen', why: text === '' ? null : text };
  if (satisfied) return step(room, order, { ...base, event: 'close' });
  const day = localDayOf(room.clock.now());
  const amount = room.rules.fixWorkdays;
  const dueFix = deadline(room.calendar, day, { amount, unit: 'workday' }).day;
  return step(room, order, {
    ...base,
    event: 'followUp',
    set: { followUps: order.followUps + 1, dueFix, extended: true, standsAfter: null },
  });
}

/** Answers that nobody sent back in time stand. Safe to run twice. */
export async function closeAnswered(room: RatingsRoom): Promise<number> {
  const today = localDayOf(room.clock.now());
  let closed = 0;
  const over = { state: 'answered' as const, standsAfter: { $lt: today } };
  for await (const order of workOrders().find(over)) {
    try {
      await step(room, order, { event: 'close', by: 'clock', why: null });
      closed += 1;
    } catch (error) {
      if (!(error instanceof HallError)) throw error; // somebody was quicker
    }
  }
  return closed;
}

const views = {
  open: ['toContact', 'fixing', 'answered'],
  appealed: ['appealed'],
  over: ['closed', 'voided'],
} as const;

/** Work orders, the most urgent first. */
export async function listOrders(
  view: keyof typeof views,
  staff: Pick<StaffMember, 'hallIds'>,
): Promise<{ readonly order: WorkOrder; readonly event: ServiceEvent }[]> {
  const orders = await workOrders()
    .find({ state: { $in: [...views[view]] }, ...ownHalls(staff) })
    .sort(view === 'over' ? { ratedAt: -1 } : { dueFix: 1, ratedAt: 1 })
    .limit(200)
    .toArray();
  const events = await serviceEvents()
    .find({ _id: { $in: orders.map((each) => each._id) } })
    .toArray();
  const byId = new Map(events.map((each) => [each._id, each]));
  return orders.flatMap((order) => {
    const event = byId.get(order._id);
    return event ? [{ order, event }] : [];
  });
}

/** How many bad ratings a month had, and how many of them are answered. */
export async function countOrders(
  month: string,
): Promise<{ readonly all: number; readonly answered: number }> {
  const [all, answered] = await Promise.all([
    workOrders().countDocuments({ month, state: { $ne: 'voided' } }),
    workOrders().countDocuments({ month, state: { $ne: 'voided' }, answeredAt: { $ne: null } }),
  ]);
  return { all, answered };
}

export const isOpenOrder = (order: WorkOrder): boolean =>
  (openOrderStates as readonly string[]).includes(order.state);
