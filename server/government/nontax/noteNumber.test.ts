import test from 'ava';
import fc from 'fast-check';
import { noteCheck, numberCheck } from './checkCodes.ts';
import { readNote } from './noteNumber.ts';

const qr = '511300|118001|1802600000123|200.00|12337|06992||';

test('the check codes of the vector (government-systems.md section 8)', (t) => {
  t.is(numberCheck('118001', '1802600000123'), '12337');
  t.is(noteCheck('118001', '1802600000123', 20_000), '06992');
});

test('CRC-16/CCITT-FALSE is the other known kind', (t) => {
  t.is(numberCheck('', '123456789', 'ccitt'), String(0x29b1).padStart(5, '0'));
});

test('R5.2.2: a QR code is read, and any single wrong digit in it is noticed', (t) => {
  t.deepEqual(readNote(qr, null), { kind: 'note', unit: '118001', number: '1802600000123' });
  // The post code is not under the check codes.
  for (let at = 7; at < qr.length; at++) {
    if (!/\d/.test(qr[at]!)) continue;
    const wrong = qr.slice(0, at) + String((Number(qr[at]) + 1) % 10) + qr.slice(at + 1);
    t.is(readNote(wrong, null), 'checkFails', wrong);
  }
});

test('R5.2.2: a number of 13 digits needs its unit, one of 20 is a payment code', (t) => {
  t.is(readNote('1802600000123', null), 'unitMissing');
  t.deepEqual(readNote('1802 6000 00123', '118001'), {
    kind: 'note',
    unit: '118001',
    number: '1802600000123',
  });
  t.deepEqual(readNote('44011826000000012345', null), { kind: 'payCode', code: '44011826000000012345' });
  for (const text of ['', '12', 'abc', '１８０２６０００００１２３', `${qr}x|`, '1'.repeat(22)])
    t.is(readNote(text, '118001'), 'unreadable', text);
});

test('whatever is written into a QR code is read back', (t) => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\d{6,12}$/),
      fc.stringMatching(/^\d{13}$/),
      fc.integer({ min: 1, max: 99_999_999 }),
      (unit, number, fen) => {
        const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
        const text = `511300|${unit}|${number}|${yuan}|${numberCheck(unit, number)}|${noteCheck(unit, number, fen)}||`;
        const read = readNote(text, null);
        return (
          typeof read === 'object' && read.kind === 'note' && read.unit === unit && read.number === number
        );
      },
    ),
  );
  t.pass();
});
