import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { bookings } from '../booking/model.ts';
import { qrTextOf } from '../booking/qr.ts';
import { serveBooking, type TestApp } from '../booking/testing/app.ts';
import { clearAll } from '../booking/testing/clear.ts';
import { smallHall, type TestRoom, testRoom } from '../booking/testing/room.ts';
import { NoticeModel } from '../notices/model.ts';
import { endDay } from './endDay.ts';
import { hallQrText } from './hallQr.ts';
import { addKiosk } from './kiosk.ts';
import { tickets } from './model.ts';
import type { QueueRoom } from './room.ts';
import { queueRoutes } from './routes.ts';
import { queueRules } from './settings.ts';

useDatabase(test);
test.beforeEach(clearAll);

const clerk = 'staff:windowClerk';
const manager = 'staff:hallManager';
const at = (time: string): string => `2026-11-26T${time}:00+08:00`;
const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };

interface House {
  readonly room: TestRoom;
  readonly queue: QueueRoom;
  readonly app: TestApp;
  readonly kiosk: string;
}

/** A hall on Thursday 26 November 2026, 08:40, with four windows of 户政 and one ticket machine. */
async function house(t: { teardown(fn: () => void): void }): Promise<House> {
  const room = testRoom(4, at('08:40'));
  room.halls.set('small', smallHall(4, { place: { latitude: 23.263, longitude: 113.81 } }));
  const { clock, secret, findHall, findPeople } = room;
  const queue: QueueRoom = {
    ...{ clock, secret, findHall, findPeople },
    calendar: room.calendar,
    rules: queueRules,
  };
  const app = await serveBooking(room, queueRoutes(queue));
  t.teardown(app.close);
  const { token } = await addKiosk('small', '一号取号机');
  return { room, queue, app, kiosk: token };
}

async function book(app: TestApp, who: string, start = '09:00') {
  const held = await app.post('/api/bookings', who, { ...wish, start });
  return (await app.post(`/api/bookings/${held.body.id}/confirm`, who)).body;
}

const checkIn = ({ app, room }: House, who: string, booking: string) =>
  app.post('/api/queue/check-in', who, { booking, hallQr: hallQrText('small', room.secret) });

let presses = 0;
const press = ({ app, kiosk }: House, priority = false) =>
  app.kiosk(kiosk, '/api/kiosk/tickets', { group: '户政', priority, requestId: `press-${1000 + presses++}` });

const desk = (number: string): string => `/api/staff/halls/small/windows/${encodeURIComponent(number)}`;
const first = desk('户政0');
const second = desk('户政1');

const act = (app: TestApp, window: string, id: string, action: object) =>
  app.post(`${window}/tickets/${id}`, clerk, action);

test.serial(
  'R5.1.2: a booking becomes a ticket by the hall’s poster, exactly one, however often it is asked',
  async (t) => {
    const here = await house(t);
    const booking = await book(here.app, 'wang:1');
    const answers = await Promise.all(Array.from({ length: 8 }, () => checkIn(here, 'wang:1', booking.id)));
    t.deepEqual([...new Set(answers.map((each) => each.body.label))], ['BY001']);
    t.is(await tickets().countDocuments({}), 1);
    const [{ body: ticket }] = answers as [(typeof answers)[number]];
    t.like(ticket, { state: 'waiting', kind: 'booked', ahead: 0 });
    t.is((await here.app.get(`/api/bookings/${booking.id}`, 'wang:1')).body.state, 'checkedIn');
    const notice = await NoticeModel.findOne({ kind: 'queue.taken' }).lean();
    t.like(notice!.values, { ticket: 'BY001', matter: '事项id' });
    t.is((await checkIn(here, 'li:1', booking.id)).body.error.id, 'booking.not_found');
  },
);

test.serial('check-in by place: within 500 metres, by the server’s clock, not before its time', async (t) => {
  const here = await house(t);
  const booking = await book(here.app, 'wang:1', '10:00');
  const ask = (place?: object) =>
    here.app.post('/api/queue/check-in', 'wang:1', { booking: booking.number, ...(place && { place }) });
  t.is((await ask()).body.error.id, 'queue.not_here');
  t.is((await ask({ latitude: 23.2, longitude: 113.81 })).body.error.id, 'queue.not_here');
  const near = { latitude: 23.2635, longitude: 113.8105 };
  t.is((await ask(near)).body.error.id, 'queue.too_early');
  here.room.clock.set(at('09:30'));
  t.is((await ask(near)).body.label, 'BY001');
  const forged = await here.app.post('/api/queue/check-in', 'wang:1', {
    booking: (await book(here.app, 'li:1', '10:00')).id,
    hallQr: 'ZCH1.small.AAAAAAAAAAAAAAAAAAAAAA',
  });
  t.is(forged.body.error.id, 'booking.not_found');
});

test.serial('scenario 12: sixteen minutes late is a walk-in ticket with a note, not a loss', async (t) => {
  const here = await house(t);
  const booking = await book(here.app, 'wang:1');
  here.room.clock.set(at('09:16'));
  const late = (await checkIn(here, 'wang:1', booking.id)).body;
  t.deepEqual([late.label, late.kind], ['B001', 'walkIn']);
  t.regex(late.note, /迟到/);
  here.room.clock.set(at('09:00'));
  const other = await book(here.app, 'li:1', '09:30');
  here.room.clock.set(at('09:45'));
  t.is((await checkIn(here, 'li:1', other.id)).body.kind, 'booked', 'fifteen minutes are not late');
});

test.serial('a kiosk gives dense numbers, one a press, and checks bookings in by QR or number', async (t) => {
  const here = await house(t);
  const { app, kiosk, room } = here;
  const labels = (await Promise.all(Array.from({ length: 12 }, () => press(here)))).map(
    (each) => each.body.label ?? JSON.stringify(each.body),
  );
  t.deepEqual(
    labels.sort(),
    Array.from({ length: 12 }, (_, n) => `B${String(n + 1).padStart(3, '0')}`),
  );
  const same = { group: '户政', priority: false, requestId: 'one-press-1' };
  const twice = await Promise.all([
    app.kiosk(kiosk, '/api/kiosk/tickets', same),
    app.kiosk(kiosk, '/api/kiosk/tickets', same),
  ]);
  t.is(twice[0]!.body.label, twice[1]!.body.label);
  const booking = await book(app, 'wang:1');
  const byQr = await app.kiosk(kiosk, '/api/kiosk/check-in', { code: qrTextOf(booking.id, room.secret) });
  t.is(byQr.body.label, 'BY001');
  t.is((await app.kiosk(kiosk, '/api/kiosk/check-in', { code: booking.number })).body.label, 'BY001');
  const forged = await app.kiosk(kiosk, '/api/kiosk/check-in', { code: qrTextOf(booking.id, 'other') });
  t.is(forged.body.error.id, 'queue.code_unknown');
  t.is((await app.kiosk('wrong', '/api/kiosk/tickets', same)).body.error.id, 'queue.kiosk_unknown');
  const seen = (await app.kiosk(kiosk, '/api/kiosk')).body;
  t.like(seen, { name: '一号取号机', locked: false });
  t.is(seen.groups[0].waiting, 14);
});

test.serial('a locked kiosk gives nothing and says so; staff lock it from afar', async (t) => {
  const here = await house(t);
  const { kiosks } = (await here.app.get('/api/staff/queue?hall=small', manager)).body;
  const lock = (locked: boolean, who = manager) =>
    here.app.post(`/api/staff/kiosks/${kiosks[0].id}/lock`, who, { locked });
  t.is((await lock(true, clerk)).status, 403);
  t.is((await lock(true)).status, 204);
  t.is((await press(here)).body.error.id, 'queue.kiosk_locked');
  t.true((await here.app.kiosk(here.kiosk, '/api/kiosk')).body.locked);
  await lock(false);
  t.is((await press(here)).status, 200);
});

test.serial(
  'tickets are out when the windows would not get through before closing; none are given at night',
  async (t) => {
    const here = await house(t);
    here.room.clock.set(at('16:48')); // 12 minutes left, 4 windows, 12 minutes a visit: 4 tickets
    for (let n = 0; n < 4; n++) t.is((await press(here)).status, 200);
    t.is((await press(here)).body.error.id, 'queue.tickets_out');
    const { lines } = (await here.app.get('/api/queue/halls/small')).body;
    t.true(lines[0].ticketsOut);
    here.room.clock.set(at('20:00'));
    t.is((await press(here)).body.error.id, 'queue.closed');
  },
);

test.serial(
  'R5.1.3: a morning at a window: call, recall, serve, finish; each look is the newest',
  async (t) => {
    const here = await house(t);
    const { app, room } = here;
    const booking = await book(app, 'wang:1');
    const mine = (await checkIn(here, 'wang:1', booking.id)).body;
    for (let n = 0; n < 2; n++) await press(here);
    t.is((await app.post(`${first}/call`, clerk)).body.error.id, 'queue.window_unknown');
    await app.post(`${first}/open`, clerk);
    room.clock.set(at('08:55'));
    const early = (await app.post(`${first}/call`, clerk)).body;
    t.is(early.ticket.label, 'B001', 'before 09:00 a booked person does not go before those who wait');
    t.is((await app.post(`${first}/call`, clerk)).body.error.id, 'queue.window_busy');
    await act(app, first, early.ticket.id, { do: 'serve' });
    room.clock.set(at('09:01'));
    const look = () => app.get(`/api/queue/tickets/${mine.id}`, 'wang:1');
    t.like((await look()).body, { ahead: 0, nowCalling: [{ label: 'B001', window: '户政0' }] });
    await act(app, first, early.ticket.id, { do: 'finish' });
    const called = (await app.post(`${first}/call`, clerk)).body.ticket;
    t.is(called.label, 'BY001');
    t.is(called.person, '王*明');
    t.like((await look()).body, { state: 'called', window: '户政0', ahead: null });
    const notice = await NoticeModel.findOne({ kind: 'queue.yourTurn' }).lean();
    t.like(notice!.values, { ticket: 'BY001', window: '户政0号窗口' });

    t.is((await act(app, first, called.id, { do: 'recall' })).body.ticket.calls, 2);
    const shown = (await app.get('/api/queue/display/small?zone=B&screen=tv-1')).body;
    t.like(shown.calls[0], { label: 'BY001', window: '户政0', times: 2 });
    t.true(shown.calls[0].seq > shown.calls[1].seq);
    t.false(JSON.stringify(shown).includes('王'), 'numbers only');
    await act(app, first, called.id, { do: 'serve' });
    t.is((await app.get(`/api/bookings/${booking.id}`, 'wang:1')).body.state, 'serving');
    room.clock.set(at('09:11'));
    const done = (await act(app, first, called.id, { do: 'finish' })).body;
    t.deepEqual([done.ticket, done.waiting], [null, 1]);
    t.is((await app.get(`/api/bookings/${booking.id}`, 'wang:1')).body.state, 'done');
    t.is((await act(app, first, called.id, { do: 'finish' })).body.error.id, 'queue.not_at_window');
    const board = (await app.get('/api/staff/queue?hall=small', clerk)).body;
    t.like(board.today, { issued: 3, served: 2 });
    t.deepEqual(
      board.screens.map((each: { id: string; alive: boolean }) => [each.id, each.alive]),
      [['tv-1', false]],
    );
  },
);

test.serial('I4: eight windows call at once; no two get the same ticket', async (t) => {
  const here = await house(t);
  here.room.halls.set('small', smallHall(8));
  for (let n = 0; n < 6; n++) await press(here);
  const desks = Array.from({ length: 8 }, (_, n) => desk(`户政${n}`));
  for (const each of desks) await here.app.post(`${each}/open`, clerk);
  const calls = await Promise.all(desks.map((each) => here.app.post(`${each}/call`, clerk)));
  const labels = calls.flatMap((each) => each.body.ticket?.label ?? []);
  t.is(new Set(labels).size, 6);
  t.is(labels.length, 6);
  t.is(calls.filter((each) => each.body.error?.id === 'queue.nobody_waiting').length, 2);
});

test.serial(
  'a missed turn goes back behind three people once; the second ends the ticket, without a strike',
  async (t) => {
    const here = await house(t);
    const { app } = here;
    const booking = await book(app, 'wang:1');
    const mine = (await checkIn(here, 'wang:1', booking.id)).body;
    here.room.clock.set(at('09:05'));
    await app.post(`${first}/open`, clerk);
    const called = (await app.post(`${first}/call`, clerk)).body.ticket;
    t.is(called.id, mine.id);
    for (let n = 0; n < 5; n++) await press(here);
    here.room.clock.set(at('09:06'));
    t.is((await act(app, first, mine.id, { do: 'miss' })).body.ticket, null);
    const back = (await app.get(`/api/queue/tickets/${mine.id}`, 'wang:1')).body;
    t.deepEqual([back.state, back.note], ['waiting', '过号一次，已顺延']);
    const order: string[] = [];
    for (let n = 0; n < 6; n++) {
      const { ticket } = (await app.post(`${first}/call`, clerk)).body;
      order.push(ticket.label);
      await act(app, first, ticket.id, { do: ticket.id === mine.id ? 'miss' : 'serve' });
      if (ticket.id !== mine.id) await act(app, first, ticket.id, { do: 'finish' });
    }
    t.deepEqual(order.slice(0, 4), ['B001', 'B002', 'B003', 'BY001']);
    t.is((await app.get(`/api/queue/tickets/${mine.id}`, 'wang:1')).body.state, 'expired');
    t.is((await bookings().findOne({ _id: booking.id }))!.state, 'noShow');
    t.is((await app.get('/api/booking/standing', 'wang:1')).body.strikes, 0);
    t.is(await NoticeModel.countDocuments({ kind: 'queue.missed' }), 2);
  },
);

test.serial(
  'park and resume, and a move to another kind of window, keep the person’s place in time',
  async (t) => {
    const here = await house(t);
    const { app } = here;
    await press(here);
    await press(here);
    here.room.clock.set(at('09:10'));
    await app.post(`${first}/open`, clerk);
    const { ticket } = (await app.post(`${first}/call`, clerk)).body;
    await act(app, first, ticket.id, { do: 'serve' });
    const parked = (await act(app, first, ticket.id, { do: 'park', why: '去复印' })).body;
    t.deepEqual([parked.ticket, parked.parked.length], [null, 1]);
    t.is((await act(app, second, ticket.id, { do: 'resume' })).body.error.id, 'queue.window_unknown');
    const resumed = (await act(app, first, ticket.id, { do: 'resume' })).body;
    t.is(resumed.ticket.state, 'serving');
    const moved = (await act(app, first, ticket.id, { do: 'move', group: '婚姻', why: '先开证明' })).body;
    t.is(moved.ticket, null);
    const wedding = desk('婚姻0');
    await app.post(`${wedding}/open`, clerk);
    const next = (await app.post(`${wedding}/call`, clerk)).body.ticket;
    t.deepEqual([next.label, next.note], [ticket.label, '由 户政 窗口转来']);
  },
);

test.serial('three before you: told once, by the order of the rule', async (t) => {
  const here = await house(t);
  const { app } = here;
  for (let n = 0; n < 5; n++) await press(here);
  const booking = await book(app, 'wang:1');
  await checkIn(here, 'wang:1', booking.id);
  here.room.clock.set(at('08:59'));
  await app.post(`${first}/open`, clerk);
  const turn = async () => {
    const { ticket } = (await app.post(`${first}/call`, clerk)).body;
    await act(app, first, ticket.id, { do: 'serve' });
    await act(app, first, ticket.id, { do: 'finish' });
  };
  await turn();
  t.is(
    await NoticeModel.countDocuments({ kind: 'queue.soon' }),
    0,
    'four walk-ins are before them while it is 08:59',
  );
  here.room.clock.set(at('09:00'));
  await turn();
  await turn();
  t.is(
    await NoticeModel.countDocuments({ kind: 'queue.soon' }),
    0,
    'the booked person was called at once at 09:00',
  );
  t.is(await NoticeModel.countDocuments({ kind: 'queue.yourTurn' }), 1);
});

test.serial('who gives a ticket back is not called; the day’s rest is cleared at night', async (t) => {
  const here = await house(t);
  const { app } = here;
  const booking = await book(app, 'wang:1');
  const mine = (await checkIn(here, 'wang:1', booking.id)).body;
  t.is((await app.post(`/api/queue/tickets/${mine.id}/leave`, 'wang:1')).body.state, 'left');
  t.is((await bookings().findOne({ _id: booking.id }))!.state, 'cancelled');
  await app.post(`${first}/open`, clerk);
  t.is((await app.post(`${first}/call`, clerk)).body.error.id, 'queue.nobody_waiting');
  await press(here);
  await press(here);
  const { ticket } = (await app.post(`${first}/call`, clerk)).body;
  await act(app, first, ticket.id, { do: 'serve' });
  here.room.clock.set('2026-11-26T16:20:00Z');
  t.is(await endDay(here.queue), 2);
  t.is(await endDay(here.queue), 0);
  t.like((await app.get(first, clerk)).body, { open: false, ticket: null });
  const statistics = (
    await app.get('/api/staff/queue/statistics?hall=small&from=2026-11-26&to=2026-11-26', clerk)
  ).body;
  t.like(statistics.byGroup[0], { key: '户政', tickets: 3, served: 1, missed: 1 });
});
