import test from 'ava';
import { type FieldKind, fieldTakes } from './fields.ts';

const cases: Record<FieldKind, { good: string[]; bad: string[] }> = {
  thing: {
    good: ['身份证换领', '一二三四五六七八九十一二三四五六七八九十'],
    bad: ['一二三四五六七八九十一二三四五六七八九十一'],
  },
  number: {
    good: ['6', '3.5', '12345678901234567890123456789012'],
    bad: ['6人', '1,000', `1${'2'.repeat(32)}`],
  },
  letter: { good: ['abcXYZ'], bad: ['ab1', 'a'.repeat(33)] },
  symbol: { good: ['!?', '￥'], bad: ['a!', '!!!!!!'] },
  character_string: { good: ['A012', 'ZC-2026/01'], bad: ['预约A012', 'A'.repeat(33)] },
  time: {
    good: [
      '09:30',
      '2026年11月26日 09:30',
      '2026-11-26 09:30:00',
      '2026年11月26日 09:30~10:00',
      '2026年11月26日',
    ],
    bad: ['明天上午', '25:70', '2026年2月30日 09:30', '9点半'],
  },
  date: { good: ['2026年12月31日', '2026-12-31 10:00'], bad: ['12月31日', '2026年13月1日'] },
  amount: { good: ['¥80.00', '80元', '1234567890'], bad: ['80块', '12345678901', '约80元'] },
  phone_number: { good: ['020-12345', '+86 13800000001'], bad: ['电话', '1'.repeat(18)] },
  car_number: { good: ['粤A12345', '粤AD12345'], bad: ['粤A123456789'] },
  name: { good: ['王小明', 'Li Wei'], bad: ['王小明1', '一二三四五六七八九十一'] },
  phrase: { good: ['已办结'], bad: ['已经全部办结', 'done', '已办1'] },
};

for (const [kind, { good, bad }] of Object.entries(cases)) {
  test(`${kind} takes what the platform takes and nothing else`, (t) => {
    for (const value of good) t.true(fieldTakes(kind as FieldKind, value), value);
    for (const value of bad) t.false(fieldTakes(kind as FieldKind, value), value);
  });
}
