import test from 'ava';
import ExcelJS from 'exceljs';
import { keyOf, readKeys } from './listCheck.ts';
import { listLimit, readListFile } from './listFile.ts';

const openid = `o${'A1b2C3d4E5f6G7h8I9j0K1l2M3n'}`;

test('R9: a line is a phone, an openid or a booking number, and nothing else', (t) => {
  t.deepEqual(keyOf('+86 138 0000 0001'.replace(' ', '')), { kind: 'phone', value: '13800000001' });
  t.deepEqual(keyOf('138-0000-0001'), { kind: 'phone', value: '13800000001' });
  t.deepEqual(keyOf(openid), { kind: 'openid', value: openid });
  t.is(keyOf('zc2026112500012')?.value, 'ZC2026112500012');
  t.is(keyOf('王小明'), null);
  t.is(keyOf('12800000001'), null);
});

test('R9: repeated and unreadable lines are named by their line; a heading is neither', (t) => {
  const lines = ['手机号', '13800000001', '138 0000 0002', 'abc', '13800000001'].map((text, i) => ({
    line: i + 1,
    text,
  }));
  const { keys, problems } = readKeys(lines);
  t.deepEqual(
    keys.map(({ line }) => line),
    [2, 3],
  );
  t.deepEqual(problems, [
    { line: 4, text: 'abc', problem: 'malformed', of: null },
    { line: 5, text: '138…0001', problem: 'duplicate', of: 2 },
  ]);
});

test('R9: empty lines keep the numbers of the others, and only the first column counts', async (t) => {
  t.deepEqual(await readListFile(Buffer.from('\ufeff"13800000001",王\r\n\r\n13800000002\n')), [
    { line: 1, text: '13800000001' },
    { line: 3, text: '13800000002' },
  ]);
});

test('R9: a CSV in the encoding of Chinese Excel is read', async (t) => {
  const heading = Buffer.from([0xca, 0xd6, 0xbb, 0xfa]); // 手机 in GBK
  const [first] = await readListFile(Buffer.concat([heading, Buffer.from('\r\n13800000001')]));
  t.is(first?.text, '手机');
});

test('R9: an Excel file is read with its own line numbers, numbers as text', async (t) => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('名单');
  sheet.getCell('A1').value = '手机';
  sheet.getCell('A2').value = 13800000001;
  sheet.getCell('A4').value = openid;
  const lines = await readListFile(Buffer.from(await workbook.xlsx.writeBuffer()));
  t.deepEqual(lines, [
    { line: 1, text: '手机' },
    { line: 2, text: '13800000001' },
    { line: 4, text: openid },
  ]);
});

test('R9: 100,000 lines are taken, one more is refused, and so is a picture', async (t) => {
  const many = Buffer.from('1\n'.repeat(listLimit));
  t.is((await readListFile(many)).length, listLimit);
  await t.throwsAsync(readListFile(Buffer.concat([many, Buffer.from('1')])), { message: /more than/ });
  await t.throwsAsync(readListFile(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])), {
    message: /neither/,
  });
  await t.throwsAsync(readListFile(Buffer.from('PK not a zip')), { message: /Excel/ });
});
