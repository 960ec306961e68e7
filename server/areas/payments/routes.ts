import { type Route, route } from '../../kernel/http/route.ts';
import { requireLevel } from '../people/policy.ts';
import { can } from '../staff/policy.ts';
import {
  BillQuery,
  BillView,
  DayParams,
  DifferenceList,
  DifferenceNote,
  DifferenceParams,
  DifferenceView,
  PaymentList,
  PaymentParams,
  PaymentView,
  PayRequest,
  ReconciliationList,
  ReconciliationView,
  RefundDecision,
  RefundRequest,
  StaffPayment,
  StaffPayments,
  StaffPaymentsQuery,
} from './contract.ts';
import { deskNames } from './deskNames.ts';
import { lookUpBill } from './findBill.ts';
import { listDays, listDifferences } from './listBooks.ts';
import { findOwnPayment, listOwnPayments, listStaffPayments } from './listPayments.ts';
import type { Payment } from './model.ts';
import { presentDifference, presentPayment, presentReconciliation, presentStaffPayment } from './present.ts';
import { closeDay, reconcileDay, settleDifference } from './reconcileDay.ts';
import { askRefund, decideRefund, findPayment } from './refunds.ts';
import type { PaymentsRoom } from './room.ts';
import { startPayment } from './startPayment.ts';
import { askNow } from './workPayments.ts';

export function paymentsRoutes(room: PaymentsRoom): readonly Route[] {
  const mine = { signIn: 'citizen', may: requireLevel(1) } as const;
  const desk = { limit: 'read', signIn: 'staff', may: can('payments.read') } as const;
  const balance = { limit: 'write', signIn: 'staff', may: can('payments.refund') } as const;
  const onDesk = async (payment: Payment): Promise<StaffPayment> =>
    presentStaffPayment(payment, await deskNames([payment]));
  const seen = (payment: Parameters<typeof presentPayment>[0]): PaymentView =>
    presentPayment(payment, room.clock.now());
  return [
    // Numbers of bills could be tried one after the other: the class of guesses.
    route(
      'GET',
      '/api/payments/bill',
      { ...mine, limit: 'guess', query: BillQuery, answer: BillView },
      ({ query }) => lookUpBill(room, query.kind, query.number, query.unit ?? null),
    ),

    route(
      'POST',
      '/api/payments',
      { ...mine, limit: 'write', body: PayRequest, answer: PaymentView },
      async (input) => {
        const { citizen, body } = input;
        return seen(await startPayment(room, citizen.personId, citizen.channel, body));
      },
    ),

    route('GET', '/api/payments', { ...mine, limit: 'read', answer: PaymentList }, async ({ citizen }) => ({
      payments: (await listOwnPayments(citizen.personId)).map(seen),
    })),

    route(
      'GET',
      '/api/payments/:id',
      { ...mine, limit: 'read', params: PaymentParams, answer: PaymentView },
      async ({ citizen, params }) => seen(await findOwnPayment(citizen.personId, params.id)),
    ),

    route(
      'POST',
      '/api/payments/:id/ask',
      { ...mine, limit: 'write', params: PaymentParams, answer: PaymentView },
      async ({ citizen, params }) =>
        seen(await askNow(room, await findOwnPayment(citizen.personId, params.id))),
    ),

    route(
      'GET',
      '/api/staff/payments',
      { ...desk, query: StaffPaymentsQuery, answer: StaffPayments },
      async ({ query }) => {
        const { payments, next } = await listStaffPayments(query);
        const names = await deskNames(payments);
        return { payments: payments.map((each) => presentStaffPayment(each, names)), next };
      },
    ),

    route(
      'GET',
      '/api/staff/payments/:id',
      { ...desk, params: PaymentParams, answer: StaffPayment },
      async ({ params }) => onDesk(await findPayment(params.id)),
    ),

    route(
      'POST',
      '/api/staff/payments/:id/refund',
      {
        limit: 'write',
        signIn: 'staff',
        may: can('payments.refund'),
        params: PaymentParams,
        body: RefundRequest,
        answer: StaffPayment,
      },
      async ({ staff, params, body }) => onDesk(await askRefund(room, params.id, body.reason, staff.staffId)),
    ),

    route(
      'POST',
      '/api/staff/payments/:id/refund/decision',
      {
        limit: 'write',
        signIn: 'staff',
        may: can('payments.approve'),
        params: PaymentParams,
        body: RefundDecision,
        answer: StaffPayment,
      },
      async ({ staff, params, body }) =>
        onDesk(await decideRefund(room, params.id, body.decision, body.why, staff.staffId)),
    ),

    route('GET', '/api/staff/reconciliations', { ...desk, answer: ReconciliationList }, async () => ({
      days: (await listDays()).map(presentReconciliation),
    })),

    route(
      'POST',
      '/api/staff/reconciliations/:day/compare',
      { ...balance, limit: 'heavy', params: DayParams, answer: ReconciliationView },
      async ({ params }) => presentReconciliation(await reconcileDay(room, params.day)),
    ),

    route(
      'POST',
      '/api/staff/reconciliations/:day/close',
      { ...balance, params: DayParams, answer: ReconciliationView },
      async ({ staff, params }) => presentReconciliation(await closeDay(params.day, staff.staffId)),
    ),

    route(
      'GET',
      '/api/staff/reconciliations/:day/differences',
      { ...desk, params: DayParams, answer: DifferenceList },
      async ({ params }) => {
        const found = await listDifferences(params.day);
        const names = await deskNames([], found);
        return { differences: found.map((each) => presentDifference(each, names)) };
      },
    ),

    route(
      'POST',
      '/api/staff/differences/:id/settle',
      { ...balance, params: DifferenceParams, body: DifferenceNote, answer: DifferenceView },
      async ({ staff, params, body }) => {
        const settled = await settleDifference(room, params.id, body.note, staff.staffId);
        return presentDifference(settled, await deskNames([], [settled]));
      },
    ),
  ];
}
