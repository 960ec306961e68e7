import test from 'ava';
import fc from 'fast-check';
import { mod37x36 } from './checkCharacters.ts';
import { isCreditCode, maskCreditCode } from './creditCode.ts';
import { parseLicenceId } from './licenceId.ts';
import { parseMatterCode } from './matterCode.ts';
import { isOrganisationCode } from './organisationCode.ts';
import { isPermanentResidenceId } from './permanentResidence.ts';
import { comparableName, maskName } from './personName.ts';
import { isFixedLine, isMobile, maskPhone } from './phone.ts';
import { isPlate, maskPlate, normalisePlate } from './plate.ts';
import { isRegistrationNumber } from './registrationNumber.ts';
import { homeOf, isResidencePermit, isTravelPermit } from './residencePermit.ts';
import {
  ageOn,
  birthDateOf,
  isResidentId,
  maskId,
  maskIdForOthers,
  normaliseId,
  sexOf,
} from './residentId.ts';

const today = '2026-11-25';
const resident = (id: string): boolean => isResidentId(id, today);
const residence = (id: string): boolean => isResidencePermit(id, today);
const permanent = (id: string): boolean => isPermanentResidenceId(id, today);

const vectors: readonly [string, (code: string) => boolean, readonly string[]][] = [
  [
    'resident id',
    resident,
    ['11010519491231002X', '440118199001010019', '440118198812150029', '440183197605200030'],
  ],
  ['residence permit', residence, ['810000199408230021', '830000199201300022', '810000199408230048']],
  ['permanent residence', permanent, ['911124198108030024', '911124198108030075']],
  [
    'unified social credit code',
    isCreditCode,
    [
      '91350100M000100Y43',
      '11440100696927671X',
      '11440100007482575H',
      '12440100741854396C',
      '11440118MB2X000123',
      '11440118MB2X00020X',
      '11440118MB2X00039T',
      '11440118MB2X00047M',
      '11440118MB2X00055G',
      '91440118MA9X000111',
      '91440118MA9X0002XQ',
      '91440118MA9X00038Q',
      '11100000000013127D',
    ],
  ],
  ['organisation code', isOrganisationCode, ['D2143569X', 'MB2D0164X', 'D2143569-X']],
  ['registration number', isRegistrationNumber, ['110108000000016', '440125000000018']],
];

for (const [what, check, codes] of vectors) {
  test(`${what}: the standard's examples and our synthetic ones pass`, (t) => {
    for (const code of codes) t.true(check(code), code);
  });

  test(`${what}: each change of a single digit is caught`, (t) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.nat(30),
        fc.integer({ min: 1, max: 9 }),
        (code, place, step) => {
          const at = place % code.length;
          const old = code[at]!;
          fc.pre(/\d/.test(old));
          const changed = code.slice(0, at) + ((Number(old) + step) % 10) + code.slice(at + 1);
          t.false(check(changed), `${code} → ${changed}`);
        },
      ),
      { numRuns: 400 },
    );
  });
}

test('resident id: a swap of two neighbours is caught', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...vectors[0]![2]), fc.nat(16), (id, at) => {
      fc.pre(id[at] !== id[at + 1]);
      t.false(resident(id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2)));
    }),
  );
});

test('resident id: what is no id', (t) => {
  t.false(resident('11010519491231002x'), 'upper case is wanted');
  t.true(resident(normaliseId(' 11010519491231002x ')));
  t.true(resident(normaliseId('４４０１１８１９９００１０１００１９')));
  t.false(isResidentId('440118199001010019', '1989-12-31'), 'born tomorrow');
  t.false(resident('440118900101001'), 'fifteen digits are no document any more');
  t.false(resident('810000199408230021'), 'a residence permit is not a resident id');
  t.false(resident(''));
});

test('resident id: birth, sex, age', (t) => {
  t.is(birthDateOf('440118198812150029'), '1988-12-15');
  t.is(sexOf('440118198812150029'), 'female');
  t.is(sexOf('440118199001010019'), 'male');
  t.is(ageOn('440183197605200030', '2026-05-19'), 49);
  t.is(ageOn('440183197605200030', '2026-05-20'), 50);
});

test('permits of Hong Kong, Macao and Taiwan', (t) => {
  t.is(homeOf('810000199408230021'), '香港');
  t.is(homeOf('830000199201300022'), '台湾');
  t.is(homeOf('440118199001010019'), null);
  for (const permit of ['H12345678', 'M1234567890', '12345678', '1234567890A'])
    t.true(isTravelPermit(permit));
  for (const wrong of ['A12345678', 'H1234', '123456789']) t.false(isTravelPermit(wrong));
  t.true(permanent('CAN110001031712'), 'cards from before 2024 are valid');
});

test('e-licence id: MOD 37,36', (t) => {
  t.is(mod37x36('A12425GABC1234002'), 'M');
  const id = '1.2.156.3005.2.11100000000013127D001.11440118MB2X000123.0000000000000000A001.001.B';
  t.is(parseLicenceId(id)?.issuer, '11440118MB2X000123');
  t.is(parseLicenceId(id.replace('A001', 'A002')), null);
  t.is(parseLicenceId('1.2.156.3005.2.x'), null);
});

test('matter code: 18 of body, level, 12 of base code', (t) => {
  t.deepEqual(parseMatterCode('11440118MB2X0001234440131007001'), {
    body: '11440118MB2X000123',
    level: 4,
    base: '440131007001',
    type: '01',
  });
  for (const code of ['11440100696927671X3442011817001', '11440000MB2D0164XH2440289876000'])
    t.truthy(parseMatterCode(code), code);
  t.is(parseMatterCode('11440118MB2X0001244440131007001'), null);
});

test('phones and plates', (t) => {
  for (const phone of ['13800000001', '19912345678', '16600000000']) t.true(isMobile(phone));
  for (const wrong of ['12800000001', '1380000000', '+8613800000001']) t.false(isMobile(wrong));
  for (const phone of ['020-82729239', '02082729239', '12345', '400-123-4567']) t.true(isFixedLine(phone));
  t.false(isFixedLine('82729239'));
  for (const plate of ['粤AD12345', '粤A12345', '粤AF12345', '粤A12345D', '粤A1234学'])
    t.true(isPlate(plate), plate);
  for (const wrong of ['粤AI2345', 'A12345', '粤A1234', '粤AD1234O']) t.false(isPlate(wrong), wrong);
  t.is(normalisePlate(' 粤a·d12345'), '粤AD12345');
});

test('masks show what each view may see', (t) => {
  t.is(maskName('张伟'), '张*');
  t.is(maskName('王小明'), '王*明');
  t.is(maskName('𠮷野家'), '𠮷*家');
  t.is(maskName('王'), '*');
  t.is(maskId('440118199001010019'), '440***********0019');
  t.is(maskIdForOthers('440118199001010019'), '4****************9');
  t.is(maskPhone('13800001234'), '138****1234');
  t.is(maskPlate('粤A1234'), '粤A·**34');
  t.is(maskCreditCode('91440118MA9X000111'), '9144**********0111');
});

test('names are compared in one form', (t) => {
  t.is(comparableName('买买提•艾力'), comparableName('买买提·艾力'));
  t.is(comparableName('买买提．艾力'), comparableName(' 买买提·艾力 '));
  t.not(comparableName('王小明'), comparableName('王小朋'));
});
