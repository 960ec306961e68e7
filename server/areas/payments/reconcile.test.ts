import test from 'ava';
import { TestClock } from '../../kernel/clock.ts';
import { addDays, localDayOf } from '../../kernel/localDay.ts';
import { useDatabase } from '../../testing/database.ts';
import type { BillRow } from '../../wechat/pay/port.ts';
import { ledger } from './ledgerModel.ts';
import { type Payment, payments } from './model.ts';
import type { OwnerRow } from './port.ts';
import { closeDay, openDifferences, reconcileDay, settleDifference } from './reconcileDay.ts';
import { differences } from './reconcileModel.ts';
import type { PaymentsRoom } from './room.ts';

useDatabase(test);
const day = '2026-11-24';
const at = new Date(`${day}T02:00:00Z`);

const room = (bill: BillRow[] | null, file: OwnerRow[] | null): PaymentsRoom => ({
  clock: new TestClock(new Date('2026-11-25T03:00:00Z')),
  pay: { bill: async () => bill } as never,
  owners: new Map([
    [
      'fine',
      {
        kind: 'fine',
        find: async () => null,
        read: (number) => ({ number }),
        confirm: async () => ({ taken: true, receiptNumber: null }),
        dayFile: async (wanted) => (wanted === day ? file : []),
      },
    ],
  ]),
  ...{ notifyUrl: '', expiryMinutes: 90, openidOf: async () => null, notify: async () => {} },
});
const bankRow = (id: number, amount = 100): BillRow => ({
  ...{ kind: 'payment', outTradeNo: `P${id}`, transactionId: `T${id}`, amount, at },
  ...{ outRefundNo: null, refundId: null, refundStatus: null },
});
const ownerRow = (id: number, amount = 100): OwnerRow => ({
  billNumber: `B${id}`,
  transactionId: `T${id}`,
  amount,
});

async function paid(...ids: number[]): Promise<void> {
  for (const id of ids) {
    await payments().insertOne({
      ...{ _id: `P${id}`, kind: 'fine', number: `B${id}`, transactionId: `T${id}`, open: true },
      ...{ billKey: `fine:B${id}`, personId: 'wang', key: `key-${id}`, state: 'settled' },
    } as Payment);
    await ledger().insertOne({
      ...{
        _id: `P${id}:paid`,
        paymentId: `P${id}`,
        debit: 'wechat',
        credit: 'owner:fine',
        amount: 100,
        at,
        day,
      },
    });
  }
}

test.serial('R5.2.2: a day waits for the bill and the file, then agrees, and is closed once', async (t) => {
  await paid(1, 2);
  t.like(await reconcileDay(room(null, []), day), { state: 'waiting', waitsFor: ['wechat'] });
  t.like(await reconcileDay(room([bankRow(1), bankRow(2)], null), day), {
    state: 'waiting',
    waitsFor: ['fine'],
  });
  const good = room([bankRow(1), bankRow(2)], [ownerRow(1), ownerRow(2)]);
  await t.throwsAsync(closeDay(day, 'wumei'), { message: /没有对平/ });
  t.like(await reconcileDay(good, day), {
    state: 'agrees',
    bank: { lines: 2, paid: 200, refunded: 0 },
    books: { lines: 2, paid: 200, refunded: 0 },
    owners: [{ kind: 'fine', lines: 2, amount: 200 }],
  });
  t.is(localDayOf(at), day);
  t.is(addDays(day, 1), '2026-11-25');
});

test.serial(
  'section 9 no. 25: what differs lies on the desk until a person has dealt with it; then the day closes',
  async (t) => {
    const bad = room([bankRow(1), bankRow(9)], [ownerRow(1, 99), ownerRow(2)]);
    t.like(await reconcileDay(bad, day), { state: 'differs', differences: 3 });
    const open = await openDifferences(day);
    t.deepEqual(open.map(({ kind }) => kind).sort(), ['missingAtBank', 'ownerAmount', 'unknownHere']);
    t.like(await reconcileDay(bad, day), { differences: 3 }, 'the same three, not six');
    await settleDifference(bad, open[0]!._id, '已与银行核实', 'wumei');
    t.is((await openDifferences(day)).length, 2);
    // The others have gone when the files came right.
    const good = room([bankRow(1), bankRow(2)], [ownerRow(1), ownerRow(2)]);
    t.like(await reconcileDay(good, day), { state: 'agrees', differences: 0 });
    t.is(await differences().countDocuments({ day }), 3, 'what was found stays written');
    t.like(await closeDay(day, 'wumei'), { state: 'closed', closedBy: 'wumei' });
    await t.throwsAsync(closeDay(day, 'wumei'), { message: /没有对平/ });
    t.like(await reconcileDay(bad, day), { state: 'closed', closedBy: 'wumei' }, 'a closed day stays closed');
  },
);
