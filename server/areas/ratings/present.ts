import { localDayOf, noticeTime } from '../../kernel/localDay.ts';
import { actsOf, mayFollowUp } from './actOnOrder.ts';
import type { OrderRow, RatingView, StaffRating } from './contract.ts';
import type { Given, ServiceEvent, WorkOrder } from './model.ts';
import type { RatingsRoom } from './room.ts';
import { levelLabels } from './rules.ts';
import { type OrderEvent, orderEventLabels, orderStateLabels } from './states.ts';

const placeOf = ({ hall, window }: ServiceEvent): string | null =>
  hall === null ? null : `${hall}${window === null ? '' : ` ${window} 号窗口`}`;

const textOf = (room: RatingsRoom, id: string, { textSealed }: Given): string | null =>
  textSealed === null ? null : room.cipher.decrypt(textSealed, `ratings.text/${id}`);

const answerOf = (room: RatingsRoom, order: WorkOrder): string | null =>
  order.answerSealed === null ? null : room.cipher.decrypt(order.answerSealed, `ratings.answer/${order._id}`);

const dueOf = ({ state, dueContact, dueFix }: WorkOrder): string | null =>
  state === 'toContact' ? dueContact : state === 'fixing' ? dueFix : null;

/** For the citizen whose service it was. */
export function presentRating(room: RatingsRoom, event: ServiceEvent, order: WorkOrder | null): RatingView {
  const { _id: id, kind, matter, department, number, until, rating } = event;
  return {
    ...{ id, kind, matter, department, number, until, place: placeOf(event) },
    finishedAt: noticeTime(event.finishedAt),
    open: event.open && localDayOf(room.clock.now()) <= until,
    rating: rating && {
      ...{ source: rating.source, level: rating.level, tags: [...rating.tags] },
      levelLabel: levelLabels[rating.level]!,
      text: textOf(room, id, rating),
      at: noticeTime(rating.at),
    },
    order: order && {
      state: order.state,
      stateLabel: orderStateLabels[order.state],
      answer: answerOf(room, order),
      due: dueOf(order),
      mayFollowUp: mayFollowUp(room, order),
    },
    tags: { good: [...room.rules.tags.good], bad: [...room.rules.tags.bad] },
  };
}

/** For somebody who knew name and number: without the words, which may be another's. */
export function presentToGuest(room: RatingsRoom, event: ServiceEvent): RatingView {
  const view = presentRating(room, event, null);
  return { ...view, rating: view.rating && { ...view.rating, text: null } };
}

export function presentStaffRating(room: RatingsRoom, event: ServiceEvent): StaffRating {
  const rating = event.rating!;
  const { _id: id, matter, department, number, voided } = event;
  return {
    ...{ id, matter, department, number, voided, place: placeOf(event) },
    ...{ source: rating.source, level: rating.level, levelLabel: levelLabels[rating.level]! },
    ...{ tags: [...rating.tags], text: textOf(room, id, rating), textState: rating.textState },
    at: noticeTime(rating.at),
  };
}

export async function presentOrders(
  room: RatingsRoom,
  found: readonly { readonly order: WorkOrder; readonly event: ServiceEvent }[],
  reader: { readonly staffId: string; readonly mayHandle: boolean; readonly mayDecide: boolean },
): Promise<OrderRow[]> {
  const ids = found.flatMap(({ order }) => order.history.map((each) => each.by.replace(/^staff:/, '')));
  const names = await room.staffNames([...new Set(ids)]);
  const today = localDayOf(room.clock.now());
  return Promise.all(found.map((each) => presentOrder(room, each, { ...reader, names, today })));
}

async function presentOrder(
  room: RatingsRoom,
  { order, event }: { readonly order: WorkOrder; readonly event: ServiceEvent },
  reader: {
    readonly staffId: string;
    readonly mayHandle: boolean;
    readonly mayDecide: boolean;
    readonly names: ReadonlyMap<string, string>;
    readonly today: string;
  },
): Promise<OrderRow> {
  const rating = event.rating!;
  const person = event.personId === null ? null : await room.findPerson(event.personId);
  const due = dueOf(order);
  const may = (act: string): boolean =>
    ['agree', 'refuse'].includes(act) ? reader.mayDecide : reader.mayHandle;
  return {
    ...{ id: order._id, state: order.state, stateLabel: orderStateLabels[order.state] },
    ...{ matter: event.matter, department: order.department, place: placeOf(event), number: event.number },
    ...{ level: rating.level, levelLabel: levelLabels[rating.level]!, tags: [...rating.tags] },
    ...{ text: textOf(room, event._id, rating), ratedAt: noticeTime(order.ratedAt) },
    ...{ dueContact: order.dueContact, dueFix: order.dueFix, answer: answerOf(room, order) },
    late: due !== null && due < reader.today ? (order.state === 'toContact' ? 'contact' : 'fix') : null,
    citizen: person?.displayName ?? null,
    phone: person?.phoneMasked ?? null,
    acts: actsOf(order, reader.staffId, reader.mayDecide).filter(may),
    history: order.history.map(({ at, by, event: what, whySealed }) => ({
      at: noticeTime(at),
      who: by.startsWith('staff:')
        ? (reader.names.get(by.slice(6)) ?? '已离职人员')
        : by === 'clock'
          ? '系统'
          : '市民',
      what: orderEventLabels[what as OrderEvent] ?? what,
      why: whySealed === null ? null : room.cipher.decrypt(whySealed, `ratings.why/${order._id}`),
    })),
  };
}
