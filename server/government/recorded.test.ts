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
  readonly prepare?: (government: Government) => void;
  /** Asks everything once; what it says is compared too. */
  readonly talk: (base: string) => Promise<unknown>;
}

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

const openWorld = async (t: ExecutionContext, { prepare }: Dialogue): Promise<Government> => {
  const government = await startGovernment({
    identity: { clientId: 'a', clientSecret: 'b' },
    gateway,
    licences: licenceKeys,
    accept: { hallPublicKey: sm2.getPublicKeyFromPrivateKey(key) },
    ...{ now: () => at, wall: () => at, seed: 5 },
  });
  t.teardown(() => government.close());
  prepare?.(government);
  return government;
};

interface Recording {
  readonly exchanges: readonly Exchange[];
  readonly said: unknown;
}

async function recordingOf(t: ExecutionContext, dialogue: Dialogue): Promise<Recording> {
  const file = path.join(import.meta.dirname, dialogue.file);
  if (process.env['RECORD']) {
    const government = await openWorld(t, dialogue);
    const peer = await recordingPeer(government.url);
    const said = await dialogue.talk(peer.url + dialogue.prefix);
    await peer.close();
    writeFileSync(file, `${JSON.stringify({ exchanges: peer.exchanges, said }, null, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Recording;
}

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
      const { exchanges, said } = await recordingOf(t, dialogue);
      const peer = await playingPeer(exchanges);
      t.teardown(() => peer.close());
      const understood = await dialogue.talk(peer.url + dialogue.prefix);
      t.deepEqual(JSON.parse(JSON.stringify(understood)), said);
      t.deepEqual(peer.asked.map(settled), exchanges.map(settled));
    },
  );

  test.serial(
    `recorded, the stand-in's side of ${dialogue.name}: the same answers to the same requests`,
    async (t) => {
      const { exchanges } = await recordingOf(t, dialogue);
      const government = await openWorld(t, dialogue);
      for (const exchange of exchanges) {
        const { status, answerType, answer } = await askAgain(
          government.url,
          exchange,
          gatewayHeaders(gateway, at),
        );
        const { status: wanted, answerType: wantedType, answer: wantedAnswer } = exchange;
        t.deepEqual([status, answerType, answer], [wanted, wantedType, wantedAnswer], exchange.target);
      }
    },
  );
}
