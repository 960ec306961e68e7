import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { serveBooking } from './testing/app.ts';
import { clearAll } from './testing/clear.ts';
import { testRoom } from './testing/room.ts';

useDatabase(test);
test.beforeEach(clearAll);

test.serial(
  'a booking can be put into a calendar: a file as RFC 5545 has it, for its person only',
  async (t) => {
    const room = testRoom();
    const long = room.matters.get('id')!;
    const name = '食品经营许可（新办）；含网络经营, 需现场核查的从业人员健康证明、布局图和设备清单';
    room.matters.set('id', { ...long, name });
    const app = await serveBooking(room);
    t.teardown(app.close);
    const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
    const held = await app.post('/api/bookings', 'wang:1', wish);
    const path = `/api/bookings/${held.body.id}/calendar.ics`;
    t.is((await app.get(path, 'wang:1')).status, 409, 'not while it is only held');
    await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:1');
    t.is((await app.get(path, 'li:1')).status, 404);
    const answer = await fetch(app.url + path, { headers: { authorization: 'Bearer wang:1' } });
    t.regex(answer.headers.get('content-type')!, /^text\/calendar; charset=utf-8/);
    const text = await answer.text();
    t.true(text.endsWith('END:VCALENDAR\r\n'));
    for (const line of text.split('\r\n')) t.true(Buffer.byteLength(line) <= 75, line);
    const whole = text.replaceAll('\r\n ', '').split('\r\n');
    t.true(whole.includes('DTSTART:20261126T010000Z'));
    t.true(whole.includes('DTEND:20261126T013000Z'));
    t.true(whole.includes(`SUMMARY:办理${name.replace(',', '\\,')}`));
    t.true(whole.includes('DESCRIPTION:预约号 ZC2611260001\\n请带上：身份证原件'));
  },
);
