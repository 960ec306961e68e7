import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { sm2 } from 'sm-crypto-v2';
import { type Government, startGovernment } from '../../mocks/government/server.ts';
import { TestClock } from '../kernel/clock.ts';
import { useDatabase } from '../testing/database.ts';
import { createAcceptSystem } from './accept/client.ts';
import { gateway, openGate } from './accept/testing/acceptWorld.ts';
import { fileMaterial, fileOf, filled } from './accept/testing/fillForm.ts';
import { createCityBooking } from './booking/client.ts';
import { createIdentityPlatform } from './identity/client.ts';
import { createItemsSystem } from './items/client.ts';
import { gatewayHeaders } from './kit/gatewaySignature.ts';
import { asking, licenceClient, licenceKeys } from './licences/testing/licenceWorld.ts';
import { createProgressSystem } from './progress/client.ts';
import { askAgain, type Exchange, playingPeer, recordingPeer } from './testing/recordedExchanges.ts';

/**
 * The wire as files: `<system>/recorded*.json` hold what went over it once. Our side must still send the same requests and read the
 * same answers; the stand-in must still answer the same. With RECORD=1 they are made anew, and the difference is for a person to read.
 */
const test = anyTest as TestFn;
useDatabase(anyTest as TestFn);

const at = new Date('2026-11-25T02:00:00Z');
const clock = new TestClock(at);
const key = '1'.repeat(64);
const person = { kind: 'citizen', id: 'P1' } as const;
const food = '11440118MB2X0001234440131007001';
const caseNumber = '44011820261124000123';

interface Dialogue {
  readonly name: string;
  readonly file: string;
  readonly prefix: string;
  /** Answers what the stand-in makes by chance and the talk needs: codes. */
  readonly prepare?: (government: Government) => Readonly<Record<string, string>> | undefined;
  /** Asks everything once; what it says is compared too. */
  readonly talk: (base: string, secrets: Readonly<Record<string, string>>) => Promise<unknown>;
}

const identityKeys = { clientId: 'a', clientSecret: 'b' };
const redirect = 'http://127.0.0.1:3000/back';
const visitor = { id: 'P1', name: '王小明', idNumber: '440118199001010019', phone: '13800000001' };
const visit = {
  ...{ orgCode: 'ZC-A', itemCode: food, itemName: '食品经营许可（新办）' },
  ...{ day: '2026-11-26', from: '09:00', until: '09:30' },
} as const;

const refusal = (error: unknown): string => {
  const { kind, code } = error as { kind?: string; code?: string };
  return `${kind}:${code}`;
};

const acceptTalk =
  (flavour: 'json' | 'soap') =>
  async (base: string): Promise<unknown> => {
    const gate = openGate('accept');
    const accept = createAcceptSystem({ base, gateway, gate, clock, signingKey: key, flavour });
    try {
      const submission = await filled(accept, food, 'ZC-000001');
      const file = fileOf('申请');
      const { fileId } = await accept.upload({ ...file, ourFileNumber: 'F1' }, food, person);
      const materials = submission.materials.map((each) =>
        each.seq === 'M001' ? fileMaterial('M001', fileId, file) : each,
      );
      const receipt = await accept.submit({ ...submission, materials }, person);
      const correction = {
        caseNumber: receipt.caseNumber,
        ourCorrectionNumber: 'BZ-1',
        answers: { MJ: 2 },
        materials: [],
      };
      return [
        (await accept.forms()).forms.length,
        receipt,
        await accept.find('ZC-000001'),
        await accept.find('ZC-000002'),
        await accept.submit({ ...submission, ourNumber: 'ZC-000003', answers: {} }, person).catch(refusal),
        await accept.supplement({ ...correction, submittedAt: at }, person).catch(refusal),
        await accept.withdraw(receipt.caseNumber, '不办了', person).catch(refusal),
        await accept.events(receipt.caseNumber),
        await accept.result(receipt.caseNumber, person),
      ];
    } finally {
      await accept.close();
    }
  };

const dialogues: readonly Dialogue[] = [
  {
    name: 'identity',
    file: 'identity/recorded.json',
    prefix: '/identity',
    prepare: ({ identity }) => {
      const { uid } = identity.accounts.all().find((account) => account.name === '王小明')!;
      return {
        code: identity.code(uid, redirect),
        other: identity.code(uid, redirect),
        oneOff: identity.oneOffCode(uid),
      };
    },
    talk: async (base, { code = '', other = '', oneOff = '' }) => {
      const platform = createIdentityPlatform({
        base,
        ...identityKeys,
        gateway,
        gate: openGate('identity'),
        clock,
      });
      return [
        await platform.exchange(code, redirect, 'P1'),
        await platform.exchange(code, redirect, 'P1').catch(refusal),
        await platform.exchange(other, `${redirect}/`, 'P1').catch(refusal),
        await platform.exchange('unknown', redirect, 'P1').catch(refusal),
        await platform.exchangeOneOff(oneOff, 'P1'),
        await platform.exchangeOneOff(oneOff, 'P1').catch(refusal),
      ];
    },
  },
  {
    name: 'items',
    file: 'items/recorded.json',
    prefix: '/items',
    prepare: ({ items }) => void items.reset(4),
    talk: async (base) => {
      const items = createItemsSystem({ base, gateway, gate: openGate('items'), clock });
      try {
        const batch = await items.latestBatch();
        const page = await items.batchPage(batch.id, 1);
        return [
          batch,
          page,
          (await items.detail(page[0]!.code, null)).matter,
          (await items.detail('11440118MB2X00000000000000000000', null)).matter,
          await items.batchPage('gone', 1).catch(refusal),
        ];
      } finally {
        await items.close();
      }
    },
  },
  {
    name: 'booking',
    file: 'booking/recorded.json',
    prefix: '/booking',
    talk: async (base) => {
      const city = createCityBooking({ base, gate: openGate('booking') });
      try {
        const order = { ...visit, person: visitor };
        return [
          (await city.slots(visit.orgCode, visit.itemCode, 2)).slots,
          await city.create({ ...order, ourNumber: 'ZC1' }),
          await city.create({ ...order, ourNumber: 'ZC2' }).catch(refusal),
          await city.create({ ...order, day: '2026-11-28', ourNumber: 'ZC3' }).catch(refusal),
          await city.find('ZC1'),
          await city.find('ZC9'),
          await city.ofDay(visit.orgCode, visit.day),
          await city.cancel((await city.find('ZC1'))[0]!.orderNo, '本人取消'),
          await city.cancel('GZ0', '本人取消').catch(refusal),
          await city.changes(0),
        ];
      } finally {
        await city.close();
      }
    },
  },
  { name: 'accept, JSON', file: 'accept/recorded.json', prefix: '/accept', talk: acceptTalk('json') },
  { name: 'accept, SOAP', file: 'accept/recordedSoap.json', prefix: '/accept', talk: acceptTalk('soap') },
  {
    name: 'progress',
    file: 'progress/recorded.json',
    prefix: '/progress',
    prepare: ({ progress }) => {
      const facts = { SBLSH_SHORT: caseNumber, SXBM: food, VERSION: '1' };
      const applicant = { SQRLX: '2', SQRMC: '增城示例餐饮店', SQRZJHM: '91440118MA9X000111' };
      const applied = { SXMC: '食品经营许可（新办）', ...applicant, SBSJ: '2026-11-24 09:58:01' };
      progress.add({ table: 'EX_GDBS_SB', fields: { ...facts, ...applied } });
      const accepted = { SLZTDM: '1', SLHZH: '穗增受字〔2026〕000123号', SLSJ: '2026-11-24 10:21:33' };
      progress.add({ table: 'EX_GDBS_SL', fields: { ...facts, ...accepted } });
      return undefined;
    },
    talk: async (base) => {
      const progress = createProgressSystem({ base, gateway, gate: openGate('progress'), clock });
      try {
        const rows = await progress.untaken(10);
        await progress.acknowledge(rows.map(({ rowId }) => rowId));
        return [
          rows,
          await progress.untaken(10),
          await progress.caseEvents(caseNumber, person),
          await progress.query({ name: '增城示例餐饮店', caseNumber }, null, person),
          await progress.query({ name: '别人', caseNumber }, null, person).catch(refusal),
        ];
      } finally {
        await progress.close();
      }
    },
  },
  {
    name: 'licences',
    file: 'licences/recorded.json',
    prefix: '/licences',
    talk: async (base) => {
      const licences = licenceClient(base);
      try {
        const asker = asking('91440118MA9X000111');
        const held = await licences.held(asker);
        const [first] = held;
        return [
          held,
          await licences.read(first!.authCode, asker),
          (await licences.archive(first!.authCode, asker)).bytes.length,
          await licences.read('unknown', asker).catch(refusal),
          await licences.verify(first!.code, person),
        ];
      } finally {
        await licences.close();
      }
    },
  },
];

const openWorld = async (
  t: ExecutionContext,
  { prepare }: Dialogue,
): Promise<{ government: Government; secrets: Readonly<Record<string, string>> }> => {
  const government = await startGovernment({
    identity: identityKeys,
    gateway,
    licences: licenceKeys,
    accept: { hallPublicKey: sm2.getPublicKeyFromPrivateKey(key) },
    ...{ now: () => at, wall: () => at, seed: 5 },
  });
  t.teardown(() => government.close());
  return { government, secrets: prepare?.(government) ?? {} };
};

interface Recording {
  readonly exchanges: readonly Exchange[];
  readonly said: unknown;
  readonly secrets?: Readonly<Record<string, string>>;
}

async function recordingOf(t: ExecutionContext, dialogue: Dialogue): Promise<Recording> {
  const file = path.join(import.meta.dirname, dialogue.file);
  if (process.env['RECORD']) {
    const { government, secrets } = await openWorld(t, dialogue);
    const peer = await recordingPeer(government.url);
    const said = await dialogue.talk(peer.url + dialogue.prefix, secrets);
    await peer.close();
    const kept = Object.keys(secrets).length > 0 ? { secrets } : {};
    writeFileSync(file, `${JSON.stringify({ exchanges: peer.exchanges, said, ...kept }, null, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Recording;
}

/** What was made by chance then, by what is made by chance now. */
class Chance {
  private readonly pairs: [then: string, now: string][] = [];

  pair(then: string | undefined, now: string | undefined): void {
    if (then && now) this.pairs.push([then, now]);
  }

  now(text: string): string {
    return this.pairs.reduce((changed, [then, now]) => changed.replaceAll(then, now), text);
  }
}

const chanceIn = (answer: string): (string | undefined)[] =>
  [/"access_token":"(\w+)"/, /"tokenid":"(\w+)"/, /"signdata":"([^"]+)"/].map(
    (each) => each.exec(answer)?.[1],
  );

/** Signatures and boundaries are new each time. */
const settled = ({
  method,
  target,
  contentType,
  request,
}: Omit<Exchange, 'status' | 'answerType' | 'answer'>) => {
  const boundary = /boundary=(.+)$/.exec(contentType)?.[1];
  const text = boundary ? request.replaceAll(boundary, 'BOUNDARY') : request;
  return {
    method,
    target,
    contentType: boundary ? 'multipart/form-data' : contentType,
    request: text.replace(/("value":")[^"]+/, '$1SIGNED').replace(/(&lt;SIGNATURE&gt;)[^&]+/, '$1SIGNED'),
  };
};

for (const dialogue of dialogues) {
  test.serial(
    `recorded, our side of ${dialogue.name}: the same requests leave, the same answers are understood`,
    async (t) => {
      const { exchanges, said, secrets = {} } = await recordingOf(t, dialogue);
      const peer = await playingPeer(exchanges);
      t.teardown(() => peer.close());
      const understood = await dialogue.talk(peer.url + dialogue.prefix, secrets);
      t.deepEqual(JSON.parse(JSON.stringify(understood)), said);
      t.deepEqual(peer.asked.map(settled), exchanges.map(settled));
    },
  );

  test.serial(
    `recorded, the stand-in's side of ${dialogue.name}: the same answers to the same requests`,
    async (t) => {
      const recorded = await recordingOf(t, dialogue);
      const { government, secrets } = await openWorld(t, dialogue);
      const chance = new Chance();
      for (const [name, then] of Object.entries(recorded.secrets ?? {})) chance.pair(then, secrets[name]);
      for (const exchange of recorded.exchanges) {
        const target = chance.now(exchange.target);
        const { status, answerType, answer } = await askAgain(
          government.url,
          { ...exchange, target, request: chance.now(exchange.request) },
          gatewayHeaders(gateway, at),
        );
        const made = chanceIn(answer);
        for (const [i, then] of chanceIn(exchange.answer).entries()) chance.pair(then, made[i]);
        const wanted = [exchange.status, exchange.answerType, chance.now(exchange.answer)];
        t.deepEqual([status, answerType, answer], wanted, exchange.target);
      }
    },
  );
}
