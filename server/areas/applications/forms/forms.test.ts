import test from 'ava';
import fc from 'fast-check';
import { randomAnswers, randomForm } from '../testing/randomForm.ts';
import { BadDefinition, fieldsIn, readForm } from './definition.ts';
import { kinds } from './kinds.ts';
import { materialsFor, validateForm } from './validate.ts';

const today = '2026-11-25';
const formOf = (fields: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) =>
  readForm({
    ...{ formId: 'T', version: 1, taskCode: '1', title: '测试', promisedDays: 5 },
    sections: [{ id: 's', title: '内容', fields: fields.map((field) => ({ label: '这一项', ...field })) }],
    ...more,
  });
const judge = (kind: string, value: unknown, options: Record<string, unknown> = {}) => {
  const form = formOf([{ key: 'x', kind, required: true, ...options }]);
  const { values, errors } = validateForm(form, { answers: { x: value }, situation: {} }, { today });
  return errors['x'] ?? (errors['x.0.c'] ? `x.0.c ${errors['x.0.c']}` : values['x']);
};

test('R5.2.1: each kind takes what is right, tidied, and says in Chinese what is wrong', (t) => {
  const choices = [
    { code: 'a', label: '甲' },
    { code: 'b', label: '乙' },
  ];
  const towns = [{ code: '440118101', name: '新塘镇' }];
  const good: [string, unknown, unknown, Record<string, unknown>?][] = [
    ['text', ' ＡＢＣ ', 'ABC'],
    ['longText', '两\n行', '两\n行'],
    ['number', '１２.5', 12.5, { decimals: 1 }],
    ['money', '1,200.5', 120_050],
    ['money', '0.29', 29],
    ['date', '2026年3月1日', '2026-03-01'],
    ['dateRange', { from: '2026/1/1', to: '2026-02-01' }, { from: '2026-01-01', to: '2026-02-01' }],
    ['idNumber', '440118 1990 0101 0019', '440118199001010019'],
    ['phone', '+86 138-0000-0001', '13800000001'],
    ['name', '买买提•艾力', '买买提·艾力'],
    [
      'address',
      { town: '440118101', detail: '荔新大道1号' },
      { town: '440118101', detail: '荔新大道1号' },
      { towns },
    ],
    ['choice', 'b', 'b', { choices }],
    ['choices', ['a', 'b'], ['a', 'b'], { choices }],
    ['yesNo', false, false],
    ['codeList', 'a', 'a', { codes: choices }],
    [
      'licence',
      { code: '1.2.156.3005', name: '营业执照' },
      { code: '1.2.156.3005', name: '营业执照' },
      { licenceType: 'X' },
    ],
    ['attachment', ['01ARZ3NDEKTSV4RRFFQ69G5FAV'], ['01ARZ3NDEKTSV4RRFFQ69G5FAV']],
    [
      'table',
      [{ c: '3' }],
      [{ c: 3 }],
      { columns: [{ key: 'c', label: '数', kind: 'number', required: true }] },
    ],
    [
      'bankAccount',
      { holder: '王小明', bank: '农业银行', number: '6228 4804 0256 4890 018' },
      { holder: '王小明', bank: '农业银行', number: '6228480402564890018' },
    ],
    ['uscc', '91440118ma9x000111', '91440118MA9X000111'],
    ['plate', '粤a12345', '粤A12345'],
    ['email', 'a@b.cn', 'a@b.cn'],
    [
      'statement',
      { agreed: true, textVersion: '1' },
      { agreed: true, textVersion: '1' },
      { text: '属实', textVersion: '1' },
    ],
  ];
  const bad: [string, unknown, Record<string, unknown>?][] = [
    ['text', '太长', { maxLength: 1 }],
    ['longText', '短', { minLength: 5 }],
    ['number', '12.55', { decimals: 1 }],
    ['number', '十二'],
    ['money', '1.234'],
    ['date', '2026-02-30'],
    ['date', '2026-11-26', { notAfter: 'today' }],
    ['dateRange', { from: '2026-02-01', to: '2026-01-01' }],
    ['idNumber', '440118199001010018'],
    ['phone', '12800000001'],
    ['name', '王1'],
    ['address', { town: '440118101', detail: '1' }, { towns }],
    ['address', { town: '1', detail: '荔新大道1号' }, { towns }],
    ['choice', 'c', { choices }],
    ['choices', ['a', 'a'], { choices }],
    ['yesNo', 'yes'],
    ['codeList', 'c', { codes: choices }],
    ['licence', '营业执照', { licenceType: 'X' }],
    ['attachment', ['../../etc/passwd']],
    ['table', [{ c: 'x' }], { columns: [{ key: 'c', label: '数', kind: 'number' }] }],
    ['bankAccount', { holder: '王小明', bank: '农业银行', number: '6228480402564890019' }],
    ['uscc', '91440118MA9X000112'],
    ['plate', '粤A1234'],
    ['email', 'a@b'],
    ['statement', { agreed: true, textVersion: '0' }, { text: '属实', textVersion: '1' }],
  ];
  for (const [kind, typed, tidy, options] of good) t.deepEqual(judge(kind, typed, options), tidy, kind);
  for (const [kind, typed, options] of bad)
    t.regex(String(judge(kind, typed, options)), /[一-龥]/, `${kind} ${JSON.stringify(typed)}`);
  const asking = [...kinds.values()].filter((kind) => kind.asks).map((kind) => kind.kind);
  t.deepEqual(new Set(good.map(([kind]) => kind)), new Set(asking), 'a kind without an example');
  t.deepEqual(new Set(bad.map(([kind]) => kind)), new Set(asking));
});

test('R5.2.1: a hidden field asks nothing and sends nothing; a calculated one is worked out here', (t) => {
  const form = formOf([
    { key: 'firm', kind: 'yesNo', required: true },
    { key: 'code', kind: 'uscc', required: true, showIf: { field: 'firm', is: true } },
    { key: 'people', kind: 'table', columns: [{ key: 'pay', label: '工资', kind: 'money' }] },
    { key: 'sum', kind: 'calculated', column: { table: 'people', key: 'pay' } },
  ]);
  const answers = { firm: false, code: 'nonsense', people: [{ pay: '10.01' }, { pay: '20' }], sum: 999 };
  const hidden = validateForm(form, { answers, situation: {} }, { today });
  t.deepEqual(hidden.errors, {});
  t.deepEqual(hidden.values, { firm: false, people: [{ pay: 1001 }, { pay: 2000 }], sum: 3001 });
  t.deepEqual(
    Object.keys(validateForm(form, { answers: { ...answers, firm: true }, situation: {} }, { today }).errors),
    ['code'],
  );
});

test('R5.2.1: the situation decides which materials are asked for', (t) => {
  const situations = [
    {
      code: 'place',
      title: '场所',
      options: [
        { code: 'own', title: '自有' },
        { code: 'rent', title: '租赁' },
      ],
    },
  ];
  const materials = [
    { seq: '1', name: '申请书', need: 'required' },
    { seq: '2', name: '租赁合同', need: 'required', showIf: { situation: 'place', is: 'rent' } },
  ];
  const form = formOf([{ key: 'a', kind: 'text' }], { situations, materials });
  const asked = (place: string) =>
    materialsFor(form, { answers: {}, situation: { place } }).map((each) => each.seq);
  t.deepEqual(asked('own'), ['1']);
  t.deepEqual(asked('rent'), ['1', '2']);
  t.true('situation.place' in validateForm(form, { answers: {}, situation: {} }, { today }).errors);
});

test('a definition with a fault never becomes a form', (t) => {
  const field = { key: 'a', kind: 'text' };
  const broken: (() => unknown)[] = [
    () => formOf([field, field]),
    () => formOf([{ key: 'a', kind: 'hologram' }]),
    () => formOf([{ key: 'a', kind: 'choice' }]),
    () =>
      formOf([
        { ...field, showIf: { field: 'b', is: 1 } },
        { key: 'b', kind: 'text' },
      ]),
    () => formOf([{ ...field, showIf: { script: 'alert(1)' } }]),
    () =>
      formOf([{ key: 'a', kind: 'table', columns: [{ key: 'b', label: 'b', kind: 'table', columns: [] }] }]),
    () =>
      formOf([field], {
        materials: [
          { seq: '1', name: 'x', need: 'required' },
          { seq: '1', name: 'y', need: 'optional' },
        ],
      }),
    () => readForm('{}'),
  ];
  for (const make of broken) t.throws(make, { instanceOf: BadDefinition });
});

const runs = Number(process.env['RANDOM_FORMS'] ?? 100);
test(`the verdict on ${runs} random forms: never a throw, the same again from tidied answers, and through JSON as the phone sends it`, (t) => {
  fc.assert(
    fc.property(
      randomForm.chain((form) => fc.tuple(fc.constant(form), randomAnswers(form))),
      ([raw, facts]) => {
        const form = readForm(JSON.parse(JSON.stringify(raw)));
        const first = validateForm(form, facts, { today });
        const carried = JSON.parse(JSON.stringify(facts)) as typeof facts;
        t.deepEqual(validateForm(form, carried, { today }).errors, first.errors);
        // What the phone tidied is judged alike by the server.
        const again = validateForm(form, { ...facts, answers: first.values }, { today });
        t.deepEqual(again.errors, first.errors);
        t.deepEqual(again.values, first.values);
        for (const key of Object.keys(first.values))
          t.true(fieldsIn(form).some((field) => field.key === key));
      },
    ),
    { numRuns: runs },
  );
});
