import test from 'ava';
import { startClamd } from '../../../mocks/clamd/server.ts';
import { TestClock } from '../../kernel/clock.ts';
import { readFile } from '../../kernel/fileStore/fileStore.ts';
import { newId } from '../../kernel/ids.ts';
import { useDatabase } from '../../testing/database.ts';
import { pdf } from '../applications/testing/applicant.ts';
import { createClamd } from './clamd.ts';
import { linkTo, openLink } from './links.ts';
import { files, parts } from './model.ts';
import { dropUnfinished, scanQuarantine } from './quarantine.ts';
import type { FilesRoom } from './room.ts';
import { isGoodName, partSize, partsOf } from './rules.ts';
import { sniff } from './sniff.ts';
import { beginUpload, findMyFile, finishUpload, partsArrived, takePart } from './upload.ts';

useDatabase(test);
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const accept = ['pdf', 'jpg', 'png'] as const;

async function open() {
  const clamd = await startClamd();
  const clock = new TestClock(new Date('2026-11-25T02:00:00Z'));
  const room: FilesRoom = { clock, scanner: createClamd(clamd, 3000), secret: '0'.repeat(64) };
  return { clamd, clock, room };
}
const announce = (room: FilesRoom, size: number, more: Partial<Parameters<typeof beginUpload>[1]> = {}) =>
  beginUpload(room, {
    ...{ id: newId(), personId: 'wang', draftId: 'D', slot: 'M001', name: '平面图.pdf', size },
    ...more,
  });
const partOf = (bytes: Buffer, number: number): Buffer =>
  bytes.subarray(number * partSize, (number + 1) * partSize);

test.serial(
  'R5.2.1: an upload cut at every tenth goes on where it stopped, and is the same file',
  async (t) => {
    const { room, clamd } = await open();
    t.teardown(() => clamd.close());
    const bytes = pdf(10 * partSize - 1234, 'ten parts');
    t.is(partsOf(bytes.length), 10);
    for (let cut = 0; cut <= 10; cut++) {
      const id = newId();
      const begun = await announce(room, bytes.length, { id });
      for (let number = 0; number < cut; number++) await takePart(room, begun, number, partOf(bytes, number));
      if (cut < 10) await t.throwsAsync(finishUpload(room, begun, accept), { message: /还没有传完/ });
      const again = await announce(room, bytes.length, { id });
      const there = await partsArrived(id);
      t.deepEqual(
        there,
        Array.from({ length: cut }, (_, number) => number),
      );
      for (let number = 9; number >= cut; number--)
        await takePart(room, again, number, partOf(bytes, number)); // in any order
      if (cut > 0) await takePart(room, again, 0, partOf(bytes, 0)); // and again
      const done = await finishUpload(room, again, accept);
      t.is(done.state, 'clean');
      t.true((await readFile(id)).equals(bytes), `cut at ${cut}`);
      t.is((await finishUpload(room, done, accept)).sm3, done.sm3, 'finished again: the same');
    }
    t.is(await parts().countDocuments({}), 0);
  },
);

test.serial('R5.2.1: a part that was cut short, too long, or beyond the end is not taken', async (t) => {
  const { room, clamd } = await open();
  t.teardown(() => clamd.close());
  const bytes = pdf(partSize + 10);
  const begun = await announce(room, bytes.length);
  for (const [number, part] of [
    [0, partOf(bytes, 0).subarray(1)],
    [1, bytes.subarray(0, 11)],
    [2, Buffer.alloc(1)],
  ] as const) {
    await t.throwsAsync(takePart(room, begun, number, part), { message: /还没有传完/ });
  }
});

test.serial(
  'R5.2.1: EICAR is caught and thrown away, whatever it hides in; nobody can open it',
  async (t) => {
    const { room, clamd } = await open();
    t.teardown(() => clamd.close());
    const bytes = pdf(200_000, eicar);
    const begun = await announce(room, bytes.length);
    await takePart(room, begun, 0, bytes);
    await t.throwsAsync(finishUpload(room, begun, accept), { message: /安全检查/ });
    const stored = await findMyFile(begun._id, 'wang');
    t.is(stored.state, 'infected');
    t.truthy(stored.found);
    t.is(linkTo(room, stored), null);
    await t.throwsAsync(readFile(begun._id));
  },
);

test.serial(
  'R5.2.1: while the scanner is away a file stays in quarantine, and comes out when it is back',
  async (t) => {
    const { room, clamd } = await open();
    t.teardown(() => clamd.close());
    clamd.down = true;
    const bytes = pdf(1000);
    const begun = await announce(room, bytes.length);
    await takePart(room, begun, 0, bytes);
    const waits = await finishUpload(room, begun, accept);
    t.is(waits.state, 'scanning');
    t.is(linkTo(room, waits), null);
    clamd.down = false;
    await scanQuarantine(room);
    t.is((await findMyFile(begun._id, 'wang')).state, 'clean');
  },
);

test.serial(
  'R5.2.1: what a file is, its bytes say; a script with the name of a picture is not taken',
  async (t) => {
    const { room, clamd } = await open();
    t.teardown(() => clamd.close());
    t.is(await sniff(pdf()), 'pdf');
    t.is(await sniff(Buffer.from('ffd8ffe000104a46494600010100', 'hex')), 'jpg');
    const script = Buffer.from('<html><script>alert(1)</script></html>');
    t.is(await sniff(script), null);
    const begun = await announce(room, script.length, { name: '照片.jpg' });
    await takePart(room, begun, 0, script);
    await t.throwsAsync(finishUpload(room, begun, accept), { message: /不支持这种文件/ });
    const bytes = pdf(500);
    const asPicture = await announce(room, bytes.length, { name: '照片.jpg' });
    await takePart(room, asPicture, 0, bytes);
    await finishUpload(room, asPicture, accept);
    t.is((await findMyFile(asPicture._id, 'wang')).name, '照片.pdf');
  },
);

test.serial('section 9 no. 22: names, sizes and owners are held to the limits of the office', async (t) => {
  const { room, clamd } = await open();
  t.teardown(() => clamd.close());
  for (const name of ['平面图.pdf', 'a (1).jpg', `${'长'.repeat(48)}.pdf`]) t.true(isGoodName(name), name);
  for (const name of [
    '',
    '../x.pdf',
    'a/b.pdf',
    '笑😀.pdf',
    `${'长'.repeat(49)}.pdf`,
    'a\u202efdp.exe',
    '𠮷.pdf',
    '.htaccess',
  ])
    t.false(isGoodName(name), name);
  await t.throwsAsync(announce(room, 5 * 1024 * 1024 + 1), { message: /太大/ });
  const mine = await announce(room, 10);
  await t.throwsAsync(announce(room, 10, { id: mine._id, personId: 'li' }), { message: /没有找到/ });
});

test.serial('R10.3: a link opens for ten minutes, for one file, and cannot be made up', async (t) => {
  const { room, clock, clamd } = await open();
  t.teardown(() => clamd.close());
  const bytes = pdf(700);
  const begun = await announce(room, bytes.length);
  await takePart(room, begun, 0, bytes);
  const done = await finishUpload(room, begun, accept);
  const query = new URL(linkTo(room, done)!, 'http://hall').searchParams;
  const link = { until: Number(query.get('until')), sign: query.get('sign')! };
  t.true((await openLink(room, done._id, link)).bytes.equals(bytes));
  for (const [id, wrong] of [
    [done._id, { ...link, until: link.until + 60_000 }],
    [newId(), link],
    [done._id, { ...link, sign: 'AAAA' }],
  ] as const) {
    await t.throwsAsync(openLink(room, id, wrong), { message: /链接已过期/ });
  }
  clock.forward(11 * 60_000);
  await t.throwsAsync(openLink(room, done._id, link), { message: /链接已过期/ });
});

test.serial('R10.3: an upload that nobody finished is gone after a day', async (t) => {
  const { room, clock, clamd } = await open();
  t.teardown(() => clamd.close());
  const begun = await announce(room, 10);
  clock.forward(25 * 3_600_000);
  await dropUnfinished(room);
  t.is(await files().countDocuments({ _id: begun._id }), 0);
});
