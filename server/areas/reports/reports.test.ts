import test from 'ava';
import ExcelJS from 'exceljs';
import { TestClock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { addDays, instantAt } from '../../kernel/localDay.ts';
import { useDatabase } from '../../testing/database.ts';
import { smallHall } from '../booking/testing/room.ts';
import { HallModel } from '../halls/model.ts';
import { type Ticket, type TicketChange, tickets } from '../queue/model.ts';
import { rolledDays } from './model.ts';
import { rollDays } from './rollDays.ts';
import { visitsReport } from './visitsReport.ts';
import { writeVisits } from './writeVisits.ts';

useDatabase(test);

const first = '2026-11-01';
const today = '2026-11-20';
const clock = new TestClock(instantAt(today, '10:00'));
const query = { hall: 'small', from: first, to: today };

/** A ticket by a fixed recipe, so that the sums can be told in advance. */
function ticket(n: number): Ticket {
  const day = addDays(first, n % 20);
  const issuedAt = instantAt(day, `${9 + (n % 3) === 9 ? '09' : 9 + (n % 3)}:00`);
  const at = (minutes: number): Date => new Date(issuedAt.getTime() + minutes * 60_000);
  const window = `B0${n % 4}`;
  const by = 'staff:S1';
  const change = (event: string, minutes: number): TicketChange => ({
    ...{ at: at(minutes), by, event, to: 'waiting' as const, window, why: null },
  });
  const end = n % 10 === 0 ? 'left' : n % 10 === 1 ? 'expired' : 'done';
  const history = {
    left: [change('leave', 7)],
    expired: [change('call', 4 + (n % 5)), change('expire', 12)],
    done: [change('call', 4 + (n % 5)), change('serve', 10), change('finish', 10 + (n % 7))],
  }[end];
  return {
    ...{
      _id: newId(),
      hallId: 'small',
      hallName: '',
      zone: 'B',
      zoneName: null,
      day,
      prefix: 'B',
      number: n,
    },
    ...{
      group: n % 2 ? '户政' : '婚姻',
      label: `B${n}`,
      kind: 'walkIn',
      state: end,
      personId: null,
      bookingId: null,
    },
    ...{ bookingNumber: null, matter: n % 3 ? null : '身份证', requestId: null, since: issuedAt, order: n },
    ...{ overtaken: 0, calls: 1, misses: 0, window, toldSoon: false, note: null, issuedAt, calledAt: null },
    ...{ servedAt: null, endedAt: null, history },
  };
}

test.before('two thousand tickets', async () => {
  const { id, ...hall } = smallHall(4);
  await HallModel.create({ _id: id, ...hall } as never);
  await tickets().insertMany(Array.from({ length: 2000 }, (_, n) => ticket(n)));
});

test.serial(
  'I12: a report from rolled days equals the recount of events, whole and for one kind of windows',
  async (t) => {
    const counted = await visitsReport(query);
    const one = await visitsReport({ ...query, group: '户政' });
    t.is(await rolledDays().countDocuments({}), 0);
    t.is(await rollDays(clock), 19, 'today is not over');
    t.deepEqual(await visitsReport(query), counted);
    t.deepEqual(await visitsReport({ ...query, group: '户政' }), one);
    t.is(await rollDays(clock), 7, 'only the last week is counted again');
    t.is(counted.total.tickets, 2000);
    t.is(counted.total.left, 200);
    t.is(counted.total.missed, 200);
    t.is(counted.total.served, 1600);
    for (const rows of [counted.byDay, counted.byHour, counted.byGroup, counted.byMatter]) {
      t.is(
        rows.reduce((sum, row) => sum + row.tickets, 0),
        2000,
      );
    }
    t.is(
      counted.byWindow.reduce((sum, row) => sum + row.served, 0),
      1600,
    );
    t.is(one.total.tickets, 1000);
    // waits of 4 to 8 minutes, evenly but for those who left: told by hand from the recipe
    const waits = Array.from({ length: 2000 }, (_, n) => n)
      .filter((n) => n % 10 !== 0)
      .map((n) => 4 + (n % 5));
    t.is(counted.total.waitMinutes, Math.round((waits.reduce((a, b) => a + b, 0) / waits.length) * 10) / 10);
    t.is(counted.total.longestWait, 8);
  },
);

test.serial('a day whose tickets have not all ended is not rolled', async (t) => {
  const day = addDays(today, -1);
  const some = await tickets().findOne({ day });
  await rolledDays().deleteMany({ day });
  await tickets().updateOne({ _id: some!._id }, { $set: { state: 'waiting' } });
  await rollDays(clock);
  t.is(await rolledDays().countDocuments({ day }), 0);
  await tickets().updateOne({ _id: some!._id }, { $set: { state: some!.state } });
});

test.serial('the Excel file says the same', async (t) => {
  const report = await visitsReport(query);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await writeVisits(report)) as never);
  const sheet = workbook.getWorksheet('按窗口类别')!;
  t.deepEqual(
    [2, 3].map((row) => [sheet.getCell(row, 1).value, sheet.getCell(row, 2).value]),
    report.byGroup.map((each) => [each.key, each.tickets]),
  );
});
