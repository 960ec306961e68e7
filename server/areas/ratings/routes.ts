import type { Route, StaffMember } from '../../kernel/http/route.ts';
import { anyone, route } from '../../kernel/http/route.ts';
import { can, mayDo } from '../staff/policy.ts';
import { actOnOrder, followUp, listOrders } from './actOnOrder.ts';
import {
  FollowUpRequest,
  GuideParams,
  GuideRequest,
  GuideView,
  NumberRequest,
  OrderAct,
  OrderList,
  OrderRow,
  OrdersQuery,
  PublicQuery,
  PublicTable,
  RateByNumberRequest,
  RateRequest,
  RatingList,
  RatingParams,
  RatingStatistics,
  RatingView,
  StaffRating,
  StaffRatings,
  StaffRatingsQuery,
  StatisticsQuery,
  TextDecision,
} from './contract.ts';
import { findByNumber } from './findByNumber.ts';
import { rateGuide, readGuide } from './guideRatings.ts';
import { decideText, listMine, listRatings } from './listRatings.ts';
import { serviceEvents, workOrders } from './model.ts';
import { presentOrders, presentRating, presentStaffRating, presentToGuest } from './present.ts';
import { findMyEvent, rate } from './rate.ts';
import type { RatingsRoom } from './room.ts';
import { publicTable, ratingStatistics } from './statistics.ts';
import { writeStatistics } from './writeStatistics.ts';

const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function ratingsRoutes(room: RatingsRoom): readonly Route[] {
  return [...citizenRoutes(room), ...staffRoutes(room)];
}

function citizenRoutes(room: RatingsRoom): readonly Route[] {
  const read = { limit: 'read', signIn: 'citizen', may: anyone } as const;
  const write = { ...read, limit: 'write' } as const;
  const guess = { ...read, limit: 'guess' } as const;
  const params = RatingParams;
  return [
    route('GET', '/api/ratings', { ...read, answer: RatingList }, async ({ citizen: { personId } }) => ({
      ratings: (await listMine(personId)).map(({ event, order }) => presentRating(room, event, order)),
    })),
    route(
      'GET',
      '/api/ratings/public',
      { limit: 'read', signIn: 'optional', may: anyone, query: PublicQuery, answer: PublicTable },
      ({ query }) => publicTable(room, query.month),
    ),
    route(
      'POST',
      '/api/ratings/find',
      { ...guess, body: NumberRequest, answer: RatingView },
      async ({ citizen: { personId }, body }) =>
        presentToGuest(room, await findByNumber(room, personId, body)),
    ),
    route(
      'POST',
      '/api/ratings/by-number',
      { ...guess, body: RateByNumberRequest, answer: RatingView },
      async ({ citizen: { personId }, body }) =>
        presentToGuest(room, await rate(room, await findByNumber(room, personId, body), body, null)),
    ),
    route(
      'GET',
      '/api/ratings/:id',
      { ...read, params, answer: RatingView },
      async ({ citizen: { personId }, params: { id } }) => {
        const event = await findMyEvent(personId, id);
        return presentRating(room, event, await workOrders().findOne({ _id: id }));
      },
    ),
    route(
      'POST',
      '/api/ratings/:id',
      { ...write, params, body: RateRequest, answer: RatingView },
      async ({ citizen: { personId }, params: { id }, body }) => {
        const event = await rate(room, await findMyEvent(personId, id), body, personId);
        return presentRating(room, event, await workOrders().findOne({ _id: id }));
      },
    ),
    route(
      'POST',
      '/api/ratings/:id/follow-up',
      { ...write, params, body: FollowUpRequest, answer: RatingView },
      async ({ citizen: { personId }, params: { id }, body }) => {
        const event = await findMyEvent(personId, id);
        return presentRating(room, event, await followUp(room, event, body.satisfied, body.text));
      },
    ),
    route(
      'GET',
      '/api/guide-ratings/:matterId',
      { limit: 'read', signIn: 'optional', may: anyone, params: GuideParams, answer: GuideView },
      ({ citizen, params: { matterId } }) => readGuide(matterId, citizen?.personId ?? null),
    ),
    route(
      'POST',
      '/api/guide-ratings/:matterId',
      { ...write, params: GuideParams, body: GuideRequest, answer: GuideView },
      ({ citizen: { personId }, params: { matterId }, body }) =>
        rateGuide(room, matterId, personId, body.level),
    ),
  ];
}

function staffRoutes(room: RatingsRoom): readonly Route[] {
  const read = { limit: 'read', signIn: 'staff', may: can('ratings.read') } as const;
  const act = { limit: 'write', signIn: 'staff', may: can('ratings.handle') } as const;
  const statistics = { ...read, limit: 'heavy', query: StatisticsQuery } as const;
  const reader = (staff: StaffMember) => ({
    staffId: staff.staffId,
    mayHandle: mayDo(staff, 'ratings.handle'),
    mayDecide: mayDo(staff, 'ratings.decide'),
  });
  const one = async (id: string, staff: StaffMember): Promise<OrderRow> => {
    const [order, event] = await Promise.all([
      workOrders().findOne({ _id: id }),
      serviceEvents().findOne({ _id: id }),
    ]);
    return (await presentOrders(room, [{ order: order!, event: event! }], reader(staff)))[0]!;
  };
  return [
    route(
      'GET',
      '/api/staff/ratings',
      { ...read, query: StaffRatingsQuery, answer: StaffRatings },
      ({ staff, query }) => listRatings(room, query, staff),
    ),
    route(
      'POST',
      '/api/staff/ratings/:id/text',
      { ...act, params: RatingParams, body: TextDecision, answer: StaffRating },
      async ({ staff, params: { id }, body }) =>
        presentStaffRating(room, await decideText(id, body.show, staff)),
    ),
    route(
      'GET',
      '/api/staff/rating-orders',
      { ...read, query: OrdersQuery, answer: OrderList },
      async ({ staff, query }) => ({
        orders: await presentOrders(room, await listOrders(query.view, staff), reader(staff)),
      }),
    ),
    route(
      'POST',
      '/api/staff/rating-orders/:id/act',
      { ...act, params: RatingParams, body: OrderAct, answer: OrderRow },
      async ({ staff, params: { id }, body }) => {
        if (body.do === 'agree' || body.do === 'refuse') can('ratings.decide')({ citizen: undefined, staff });
        await actOnOrder(room, id, body, staff);
        return one(id, staff);
      },
    ),
    route('GET', '/api/staff/statistics/ratings', { ...statistics, answer: RatingStatistics }, ({ query }) =>
      ratingStatistics(query),
    ),
    route(
      'GET',
      '/api/staff/statistics/ratings.xlsx',
      { ...statistics, answer: 'raw' },
      async ({ query, ctx }) => {
        ctx.attachment(`好差评-${query.from}-${query.to}.xlsx`);
        ctx.type = excel;
        ctx.body = await writeStatistics(await ratingStatistics(query));
      },
    ),
  ];
}
