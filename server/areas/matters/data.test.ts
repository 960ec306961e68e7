import test from 'ava';
import proofsFile from '../../../cloud-config/proofs.json' with { type: 'json' };
import { bundles, readBundles } from './bundles.ts';
import { compareVersions } from './compareVersions.ts';
import rows from './demo/matters.json' with { type: 'json' };
import type { Matter } from './model.ts';
import { proofsOf, readProofs } from './proofs.ts';
import { topicOf } from './topics.ts';

const named = new Map(rows.map((row) => [row.code, row]));
const asking = (id: string): Pick<Matter, 'code' | 'materials' | 'proofs'> => {
  const row = rows.find((each) => each.id === id)!;
  return { code: row.code, materials: row.materials, proofs: [] };
};

test('R1.2: a matter that asks for a property proof says which data it needs, and no more', (t) => {
  const [proof] = proofsOf(asking('m32'));
  t.is(proof?.name, '房产查册证明');
  t.deepEqual(proof?.replaces, ['不动产权证书']);
  t.true(proof!.fields.some(({ id }) => id === 'mortgage'));
  const [residence] = proofsOf(asking('m11'));
  t.deepEqual(
    residence?.fields.map(({ name }) => name),
    ['权利人姓名', '坐落', '规划用途'],
  );
});

test('R1.3: a matter that asks for a social-security proof says which data it needs', (t) => {
  const proofs = proofsOf(asking('m40'));
  t.deepEqual(
    proofs.map(({ id, replaces }) => [id, ...replaces]),
    [
      ['property', '房产或租赁证明'],
      ['socialSecurity', '社保或个税证明'],
    ],
  );
  t.deepEqual(proofsOf(asking('m17')), []);
});

test('R1.2, R1.3: a synced matter that the table does not name is known by its materials', (t) => {
  const material = (name: string) => ({ name, note: null, needed: true });
  const [proof] = proofsOf({
    code: 'X',
    materials: [material('申请表'), material('参保证明')],
    proofs: ['socialSecurity'],
  });
  t.deepEqual(proof?.replaces, ['参保证明']);
  t.is(proof?.fields.length, 5);
});

test('the tables name matters that exist, under their names, and materials those matters have', (t) => {
  for (const { matters } of proofsFile.proofs)
    for (const { matter, name, replaces } of matters) {
      const row = named.get(matter);
      t.is(row?.name, name);
      for (const each of replaces)
        t.true(
          row?.materials.some((material) => material.name === each),
          each,
        );
    }
  t.true(bundles.length >= 5);
  for (const { steps } of bundles) for (const { matter } of steps) t.true(named.has(matter), matter);
});

test('a table with a mistake stops the start', (t) => {
  const broken = (change: (copy: typeof proofsFile) => void): unknown => {
    const copy = structuredClone(proofsFile);
    change(copy);
    return copy;
  };
  t.throws(() => readProofs(broken(({ proofs }) => proofs[0]!.matters[0]!.fields.push('salary'))), {
    message: /no field salary/,
  });
  t.throws(
    () =>
      readProofs(
        broken(({ proofs }) => {
          proofs[0]!.matters[0]!.matter = '123';
        }),
      ),
    { message: /no matter's code/ },
  );
  t.throws(() => readProofs(broken(({ proofs }) => proofs[0]!.matters.push(proofs[0]!.matters[0]!))), {
    message: /stands twice/,
  });
  const bundle = structuredClone(bundles[0]!);
  t.throws(() => readBundles({ version: 1, source: 'x', bundles: [bundle, bundle] }), { message: /twice/ });
  bundle.steps[0]!.condition = '有条件的';
  t.throws(() => readBundles({ version: 1, source: 'x', bundles: [bundle] }), { message: /for everybody/ });
});

test('versions that say the same differ in nothing', (t) => {
  const record = { name: 'a', audiences: ['personal'], conditions: ['x'], materials: [], fees: [] } as never;
  const whole = { steps: [], laws: [], questions: [], legalTime: null, promisedTime: null, phone: null };
  const one = Object.assign({}, record, whole) as never;
  t.deepEqual(compareVersions(one, one), []);
});

test('a matter that is new gets its topic by its name, then by its department', (t) => {
  t.is(topicOf({ name: '居住证补领', department: '市公安局增城区分局' }), '户籍证件');
  t.is(topicOf({ name: '旅馆设立', department: '市公安局增城区分局' }), '生产经营');
  t.is(topicOf({ name: '林木采伐变更', department: '市规划和自然资源局增城区分局' }), '住房房产');
  t.is(topicOf({ name: '档案备案', department: '区发展和改革局' }), '其他事项');
});
