import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { ledgers } from '../booking/ledgerModel.ts';
import { markNoShows } from '../booking/markNoShows.ts';
import { bookings } from '../booking/model.ts';
import { serveBooking, type TestApp } from '../booking/testing/app.ts';
import { clearAll } from '../booking/testing/clear.ts';
import { testRoom } from '../booking/testing/room.ts';
import { NoticeModel } from '../notices/model.ts';
import { decideAgent } from './agents.ts';
import { servedFor } from './authorisations.ts';
import type { ProxiesRoom } from './room.ts';
import { proxiesRoutes } from './routes.ts';

useDatabase(test);
test.beforeEach(clearAll);

const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
const numbers: Record<string, string> = { wang: '440118199001010019', chen: '440183197605200030' };
const phones: Record<string, string> = { wang: '13800000001', li: '13800000003' };

const person = (id: string) => ({
  ...{ id, level: 2, name: id, displayName: `${id}*`, idNumber: numbers[id] ?? null, idType: '10' },
  ...{ phone: phones[id] ?? null, phoneMasked: '138****0001', unionid: null, openids: {}, follower: true },
  ...{ seniorMode: false, enterprise: null },
});
const whose = (table: Record<string, string>, value: string) => {
  const id = Object.keys(table).find((each) => table[each] === value);
  return id ? person(id) : null;
};

async function open(change: Partial<ProxiesRoom['rules']> = {}) {
  const room = testRoom(20);
  const proxies: ProxiesRoom = {
    clock: room.clock,
    rules: { ...room.rules.proxies, ...change },
    secret: room.secret,
    findPerson: async (id) => person(id),
    findByIdNumber: async (number) => whose(numbers, number),
    findByPhone: async (phone) => whose(phones, phone),
    indexOf: (number) => `index-of-${number.slice(-4)}`,
    findMatter: room.findMatter,
  };
  const whole = {
    ...room,
    servedFor: (who: string, id: string, ids: readonly string[]) => servedFor(proxies, who, id, ids),
  };
  const app = await serveBooking(whole, proxiesRoutes(proxies, room.mayBook));
  return { room, proxies, app };
}

async function authorise(app: TestApp, agent: string, principal: string, matters: string[] = []) {
  const asked = await app.post('/api/authorisations', `${agent}:1`, { days: 30, matters });
  const answer = await app.post('/api/authorisations/code/confirm', `${principal}:1`, {
    code: asked.body.code,
  });
  return answer.body;
}

test.serial(
  'R5.1.1: one books for another who has confirmed a code on their own phone; it counts for the one who is served',
  async (t) => {
    const { app } = await open();
    t.teardown(app.close);
    const asked = await app.post('/api/authorisations', 'wang:1', { days: 30 });
    t.like(asked.body.authorisation, { state: 'asked', principal: null, validUntil: '2026-12-25' });
    const { code } = asked.body;
    t.regex(code, /^\d{8}$/);
    t.is(
      (await app.post('/api/authorisations/code/look', 'wang:1', { code })).body.error.id,
      'proxies.yourself',
    );
    t.is((await app.post('/api/authorisations/code/look', 'chen:1', { code })).body.agent, 'wang*');
    t.is(
      (await app.post('/api/authorisations/code/confirm', 'he:0', { code })).status,
      403,
      'real-named only',
    );
    const both = await Promise.all(
      ['chen', 'li'].map((who) => app.post('/api/authorisations/code/confirm', `${who}:1`, { code })),
    );
    t.deepEqual(both.map((each) => each.status).sort(), [200, 404], 'a code is good for one');
    const winner = both[0]!.status === 200 ? 'chen' : 'li';
    const { held } = (await app.get('/api/authorisations', 'wang:1')).body;
    t.like(held[0], { state: 'active', principal: `${winner}*` });

    const mine = await app.post('/api/bookings', 'wang:1', wish);
    const theirs = await app.post('/api/bookings', 'wang:1', { ...wish, onBehalf: held[0].id });
    t.is(mine.status, 200);
    t.like(theirs.body, { state: 'held', served: { kind: 'person', name: `${winner}*` }, byAnother: false });
    const booked = await app.post(`/api/bookings/${theirs.body.id}/confirm`, 'wang:1', {
      priority: 'disabled',
    });
    t.like(booked.body, { state: 'booked', priority: { label: '残疾人', proof: '残疾人证' } });
    t.deepEqual(
      (await ledgers().findOne({ _id: winner }))!.claims.map((each) => each.bookingId),
      [theirs.body.id],
    );
    t.deepEqual(
      (await ledgers().findOne({ _id: 'wang' }))!.claims.map((each) => each.bookingId),
      [mine.body.id],
    );
    const twice = await app.post('/api/bookings', `${winner}:1`, { ...wish, start: '10:00' });
    t.is(twice.body.error.id, 'booking.already_booked', 'their own quota');
    t.is(await NoticeModel.countDocuments({ kind: 'booking.confirmed' }), 2, 'both are told');
    const seen = (await app.get('/api/bookings', `${winner}:1`)).body.bookings;
    t.like(seen[0], { id: theirs.body.id, byAnother: true });
    t.is((await app.post(`/api/bookings/${theirs.body.id}/cancel`, `${winner}:1`)).body.state, 'cancelled');
    t.deepEqual((await ledgers().findOne({ _id: winner }))!.claims, []);
    const staff = await app.get('/api/staff/bookings?date=2026-11-26', 'staff:windowClerk');
    t.like(staff.body.rows[0], { served: `${winner}*`, priority: '残疾人 · 核对残疾人证' });
  },
);

test.serial(
  'an authorisation reaches no further than its matters, its last day, its agent, and its end',
  async (t) => {
    const { app, room } = await open();
    t.teardown(app.close);
    const given = await authorise(app, 'wang', 'chen', ['id']);
    const book = (who: string, matter: string) =>
      app.post('/api/bookings', `${who}:1`, { ...wish, matter, date: '2026-11-30', onBehalf: given.id });
    t.is((await book('wang', 'passport')).body.error.id, 'proxies.not_reaching');
    t.is((await book('li', 'id')).body.error.id, 'proxies.not_reaching', 'another agent');
    t.is((await book('wang', 'id')).status, 200);
    t.is((await app.post(`/api/authorisations/${given.id}/revoke`, 'li:1')).status, 404, 'not of a stranger');
    t.is((await app.post(`/api/authorisations/${given.id}/revoke`, 'chen:1')).body.state, 'revoked');
    t.is((await book('wang', 'id')).body.error.id, 'proxies.not_reaching');
    const short = await authorise(app, 'wang', 'chen');
    room.clock.set(new Date('2026-12-26T02:00:00Z'));
    t.is((await app.get('/api/authorisations', 'chen:1')).body.given[0].state, 'ended');
    const late = await app.post('/api/bookings', 'wang:1', {
      ...wish,
      date: '2026-12-28',
      onBehalf: short.id,
    });
    t.is(late.body.error.id, 'proxies.not_reaching');
  },
);

test.serial(
  'a code runs out; and one may book for so many people at a time, whoever confirms at once',
  async (t) => {
    const { app, room } = await open({ perAgent: 2 });
    t.teardown(app.close);
    const asked = await app.post('/api/authorisations', 'wang:1', { days: 30 });
    room.clock.forward(31 * 60_000);
    const late = await app.post('/api/authorisations/code/confirm', 'chen:1', { code: asked.body.code });
    t.is(late.body.error.id, 'proxies.code_unknown');
    await authorise(app, 'wang', 'chen');
    await authorise(app, 'wang', 'li');
    t.is((await authorise(app, 'wang', 'he')).error.id, 'proxies.too_many');
  },
);

test.serial(
  'on paper: staff write it down; the number of the one without an account is kept nowhere',
  async (t) => {
    const { app } = await open();
    t.teardown(app.close);
    const paper = {
      paperNumber: 'ZC-WT-0001',
      agentIdNumber: numbers['wang'],
      principalName: '陈美兰',
      principalIdNumber: numbers['chen'],
      validUntil: '2026-12-31',
    };
    numbers['chen'] = 'gone'; // no account here
    t.teardown(() => {
      numbers['chen'] = '440183197605200030';
    });
    t.is((await app.post('/api/staff/authorisations', 'staff:windowClerk', paper)).status, 403);
    const bad = { ...paper, principalIdNumber: '440183197605200031' };
    t.is(
      (await app.post('/api/staff/authorisations', 'staff:hallManager', bad)).body.error.id,
      'proxies.bad_id_number',
    );
    const made = await app.post('/api/staff/authorisations', 'staff:hallManager', paper);
    t.like(made.body, { kind: 'paper', state: 'active', principal: '陈*兰', agent: 'wang*' });
    const again = await app.post('/api/staff/authorisations', 'staff:hallManager', paper);
    t.is(again.body.error.id, 'proxies.paper_known');
    const held = await app.post('/api/bookings', 'wang:1', { ...wish, onBehalf: made.body.id });
    await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:1');
    const stored = await bookings().findOne({ _id: held.body.id });
    t.is(stored!.served!.id, 'id:index-of-0030');
    t.false(JSON.stringify(await bookings().find({}).toArray()).includes('440183197605200030'));
    t.is(await NoticeModel.countDocuments({}), 1, 'nobody to tell but the agent');
    const end = await app.post(`/api/staff/authorisations/${made.body.id}/revoke`, 'staff:hallManager', {
      reason: '本人要求',
    });
    t.is(end.body.state, 'revoked');
  },
);

test.serial(
  'I10: agents of an enterprise are listed by two; the enterprise has a quota and a standing of its own',
  async (t) => {
    const { app, room, proxies } = await open();
    t.teardown(app.close);
    const asked = {
      phone: phones['li'],
      firmName: '增城示例餐饮店',
      firmCode: '91440118MA9X000111',
      reason: '办证专员',
    };
    t.is((await app.post('/api/staff/firm-agents', 'staff:windowClerk', asked)).status, 403);
    t.is(
      (
        await app.post('/api/staff/firm-agents', 'staff:hallManager', {
          ...asked,
          firmCode: '91440118MA9X000112',
        })
      ).body.error.id,
      'proxies.bad_firm_code',
    );
    const made = await app.post('/api/staff/firm-agents', 'staff:hallManager', asked);
    t.like(made.body, { state: 'proposed', ownProposal: true });
    t.is(
      (await app.post('/api/staff/firm-agents', 'staff:hallManager', asked)).body.error.id,
      'proxies.agent_known',
    );
    const { id } = made.body;
    const book = (date: string, start: string, matter = 'id') =>
      app.post('/api/bookings', 'li:1', { ...wish, date, start, matter, onBehalf: id });
    t.is(
      (await book(wish.date, '09:00')).body.error.id,
      'proxies.not_reaching',
      'not before the second person',
    );
    const own = await app.post(`/api/staff/firm-agents/${id}/decide`, 'staff:approver', { agree: true });
    t.is(own.body.error.id, 'proxies.own_proposal');
    await decideAgent(proxies, id, { agree: true, why: '' }, 'S2');
    t.like((await app.get('/api/authorisations', 'li:1')).body.firms, [{ id, name: '增城示例餐饮店' }]);

    const answers = [];
    for (const start of ['09:00', '09:30', '10:00', '10:30']) answers.push(await book(wish.date, start));
    t.deepEqual(
      answers.map((each) => each.body.error?.id ?? 'in'),
      ['in', 'in', 'in', 'booking.already_booked'],
    );
    t.is((await app.post('/api/bookings', 'li:1', wish)).status, 200, 'li for themselves as well');
    await app.post(`/api/bookings/${answers[0]!.body.id}/confirm`, 'li:1');
    room.clock.set(new Date('2026-11-26T11:00:00Z'));
    await markNoShows(room);
    t.is((await ledgers().findOne({ _id: 'firm:91440118MA9X000111' }))!.strikes.length, 1);
    t.is((await ledgers().findOne({ _id: 'li' }))!.strikes.length, 0);

    await app.post(`/api/staff/firm-agents/${id}/remove`, 'staff:hallManager', { reason: '离职' });
    await decideAgent(proxies, id, { agree: true, why: '' }, 'S2');
    t.is((await book('2026-11-30', '09:00')).body.error.id, 'proxies.not_reaching');
    const { agents } = (await app.get('/api/staff/firm-agents', 'staff:approver')).body;
    t.is(agents[0].history.length, 4);
  },
);

test.serial('a priority group is one of the list', async (t) => {
  const { app } = await open();
  t.teardown(app.close);
  const held = await app.post('/api/bookings', 'wang:1', wish);
  t.is(held.body.priorityChoices.length, 6);
  const bad = await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:1', { priority: 'king' });
  t.is(bad.body.error.id, 'booking.priority_unknown');
});
