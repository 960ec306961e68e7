import fc from 'fast-check';

/** Random forms in the published format, and answers of every degree of sense for them. */

const text = fc
  .constantFrom('甲', '乙', '丙', '丁', '戊')
  .chain((head) => fc.nat(99).map((n) => `${head}${n}`));
const coded = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
  .map((codes) => codes.map((code) => ({ code, label: `选项${code}` })));

const plainKinds: Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>> = {
  text: fc.record({ maxLength: fc.integer({ min: 1, max: 60 }) }, { requiredKeys: [] }),
  longText: fc.record({ minLength: fc.integer({ min: 0, max: 5 }) }, { requiredKeys: [] }),
  number: fc.record(
    { max: fc.integer({ min: 1, max: 1000 }), decimals: fc.integer({ min: 0, max: 2 }) },
    { requiredKeys: [] },
  ),
  money: fc.record({ maxFen: fc.integer({ min: 100, max: 1_000_000 }) }, { requiredKeys: [] }),
  date: fc.record({ notAfter: fc.constantFrom('today', '2026-12-31') }, { requiredKeys: [] }),
  dateRange: fc.record({ maxDays: fc.integer({ min: 1, max: 400 }) }, { requiredKeys: [] }),
  idNumber: fc.constant({}),
  phone: fc.record({ fixedLine: fc.boolean() }, { requiredKeys: [] }),
  name: fc.constant({}),
  address: fc.constant({ towns: [{ code: '440118101', name: '新塘镇' }] }),
  choice: coded.map((choices) => ({ choices })),
  choices: coded.map((choices) => ({ choices, max: 2 })),
  yesNo: fc.constant({}),
  codeList: coded.map((codes) => ({ codes })),
  licence: fc.constant({ licenceType: 'X'.repeat(21) }),
  attachment: fc.record({ maxFiles: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] }),
  bankAccount: fc.record({ cardOnly: fc.boolean() }, { requiredKeys: [] }),
  uscc: fc.constant({}),
  plate: fc.constant({}),
  email: fc.constant({}),
  statement: fc.constant({ text: '以上属实', textVersion: '1' }),
  notice: fc.constant({ text: '请如实填写' }),
};

const field = (
  key: string,
  kind: string,
  options: Record<string, unknown>,
  more: Record<string, unknown>,
) => ({
  ...{ key, label: `第${key}项`, kind },
  ...options,
  ...more,
});

const oneField = (key: string, before: readonly string[]): fc.Arbitrary<Record<string, unknown>> => {
  const more = fc.record(
    {
      required: fc.boolean(),
      ...(before.length > 0 && {
        showIf: fc.constantFrom(...before).chain((other) =>
          fc.oneof(
            fc.boolean().map((filled) => ({ field: other, filled })),
            fc.constantFrom('a', 'b', true, 1).map((is) => ({ field: other, is })),
            fc.constant({
              not: {
                any: [
                  { field: other, in: ['a', true] },
                  { situation: 's', is: '1' },
                ],
              },
            }),
          ),
        ),
      }),
    },
    { requiredKeys: ['required'] },
  );
  const simple = fc
    .constantFrom(...Object.keys(plainKinds))
    .chain((kind) =>
      fc.tuple(plainKinds[kind]!, more).map(([options, extra]) => field(key, kind, options, extra)),
    );
  const table = fc
    .tuple(fc.constantFrom('name', 'number', 'date', 'yesNo'), fc.boolean(), more)
    .map(([kind, required, extra]) =>
      field(
        key,
        'table',
        {
          columns: [
            { key: 'c1', label: '列', kind, required },
            { key: 'c2', label: '数', kind: 'number' },
          ],
          minRows: 1,
          maxRows: 4,
        },
        extra,
      ),
    );
  return fc.oneof({ weight: 8, arbitrary: simple }, { weight: 1, arbitrary: table });
};

export const randomForm: fc.Arbitrary<Record<string, unknown>> = fc
  .integer({ min: 1, max: 10 })
  .chain((length) => {
    const keys = Array.from({ length }, (_, at) => `f${at}`);
    const fields = fc.tuple(...keys.map((key, at) => oneField(key, keys.slice(0, at))));
    return fc.tuple(fields, fc.boolean()).map(([list, situational]) => ({
      ...{ formId: 'RANDOM', version: 1, taskCode: '1', title: '随机表', promisedDays: 5 },
      situations: situational
        ? [
            {
              code: 's',
              title: '情形',
              options: [
                { code: '1', title: '一' },
                { code: '2', title: '二' },
              ],
            },
          ]
        : [],
      sections: [{ id: 'one', title: '内容', fields: list }],
    }));
  });

/** Values that are right for some kind, or for none. */
export const someValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      '',
      '  ',
      true,
      false,
      0,
      1,
      12.5,
      'a',
      'b',
      ['a'],
      ['a', 'b', 'a'],
      '王小明',
      '１２３',
      '1,200.50',
    ],
    ...[
      '440118199001010019',
      '440118199001010018',
      '13800000001',
      '138 0000 0001',
      '0755-82345678',
      '91440118MA9X000111',
    ],
    ...[
      '粤A12345',
      'a@b.cn',
      '2026-02-30',
      '2026年3月1日',
      '2026-11-25',
      { from: '2026-01-01', to: '2026-02-01' },
    ],
    ...[
      { from: '2026-02-01', to: '2026-01-01' },
      { town: '440118101', detail: '荔新大道1号' },
      { town: 'x', detail: '1' },
    ],
    ...[
      { agreed: true, textVersion: '1' },
      { agreed: false, textVersion: '1' },
      ['01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ],
    ...[
      { holder: '王小明', bank: '农业银行', number: '6228480402564890018' },
      [{ c1: '王小明', c2: '3' }, { c1: '2026-01-01' }],
      [{}],
    ],
    ...[
      { code: '1.2.156.3005', name: '营业执照' },
      { __proto__: null, a: 1 },
    ],
  ),
  text,
  fc.jsonValue({ maxDepth: 2 }),
);

export const randomAnswers = (
  form: Record<string, unknown>,
): fc.Arbitrary<{ answers: Record<string, unknown>; situation: Record<string, string> }> => {
  const sections = form['sections'] as readonly { fields: readonly { key: string }[] }[];
  const keys = sections.flatMap((section) => section.fields.map((each) => each.key));
  return fc.record({
    answers: fc
      .tuple(...keys.map(() => someValue))
      .map((values) => Object.fromEntries(keys.map((key, at) => [key, values[at]]))),
    situation: fc.constantFrom<Record<string, string>>({}, { s: '1' }, { s: '3' }),
  });
};
