import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import type { Government } from '../../../mocks/government/server.ts';
import { useDatabase } from '../../testing/database.ts';
import { gateway } from '../accept/testing/acceptWorld.ts';
import { gatewayHeaders } from '../kit/gatewaySignature.ts';
import { askAgain, type Exchange, playingPeer, recordingPeer } from '../testing/recordedExchanges.ts';
import { appealOf, citizen, clock, hotlineClient, platformOf } from './testing/hotlineWorld.ts';

/** The wire as a file: see `../recorded.test.ts`. With RECORD=1 it is made anew, and the difference is for a person to read. */
const test = anyTest as TestFn;
useDatabase(anyTest as TestFn);

const file = path.join(import.meta.dirname, 'recorded.json');

interface Recording {
  readonly exchanges: readonly Exchange[];
  readonly said: unknown;
}

async function openPlatform(t: ExecutionContext): Promise<Government> {
  const { government } = await platformOf({ seed: 5 });
  t.teardown(() => government.close());
  return government;
}

const refusal = (error: unknown): string => {
  const { kind, code } = error as { kind?: string; code?: string };
  return `${kind}:${code}`;
};

/** Asks everything once; what it says is compared too. */
async function talk(base: string): Promise<unknown> {
  const hotline = hotlineClient(base);
  try {
    const photo = Buffer.from('照片');
    const md5 = createHash('md5').update(photo).digest('hex');
    const upload = { ourFileNumber: 'F-1', name: '现场.jpg', mime: 'image/jpeg', bytes: photo } as const;
    const { fileId } = await hotline.upload({ ...upload, md5 }, citizen);
    const receipt = await hotline.create(appealOf('SQ-000001', { files: [fileId] }), citizen);
    const change = { ...receipt, ourNumber: 'BG-000001' };
    return [
      receipt,
      await hotline.create(appealOf('SQ-000002', { kind: 'report', place: null }), citizen),
      await hotline.find('SQ-000001'),
      await hotline.find('SQ-000003'),
      await hotline.create(appealOf('SQ-000003', { text: '短' }), citizen).catch(refusal),
      await hotline.query(receipt.appealNumber, receipt.queryCode, citizen),
      await hotline.query(receipt.appealNumber, '000000', citizen).catch(refusal),
      await hotline.supplement({ ...change, text: '昨晚又来了', files: [] }, citizen),
      await hotline.urge({ ...change, text: '' }, citizen).catch(refusal),
      await hotline.rate({ ...change, satisfaction: 'satisfied', text: '' }, citizen).catch(refusal),
      (await hotline.knowledge(new Date('2026-11-20T00:00:00Z'))).entries,
    ];
  } finally {
    await hotline.close();
  }
}

async function recordingOf(t: ExecutionContext): Promise<Recording> {
  if (process.env['RECORD']) {
    const peer = await recordingPeer((await openPlatform(t)).url);
    const said = await talk(`${peer.url}/hotline`);
    await peer.close();
    writeFileSync(file, `${JSON.stringify({ exchanges: peer.exchanges, said }, null, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Recording;
}

test.serial(
  'recorded, our side of 12345: the same requests leave, the same answers are understood',
  async (t) => {
    const { exchanges, said } = await recordingOf(t);
    const peer = await playingPeer(exchanges);
    t.teardown(() => peer.close());
    const understood = await talk(`${peer.url}/hotline`);
    t.deepEqual(JSON.parse(JSON.stringify(understood)), said);
    const requestOf = ({ method, target, contentType, request }: (typeof peer.asked)[number]) => ({
      ...{ method, target, contentType, request },
    });
    t.deepEqual(peer.asked, exchanges.map(requestOf));
  },
);

test.serial('recorded, the stand-in’s side of 12345: the same answers to the same requests', async (t) => {
  const { exchanges } = await recordingOf(t);
  const government = await openPlatform(t);
  for (const exchange of exchanges) {
    const answered = await askAgain(government.url, exchange, gatewayHeaders(gateway, clock.wall()));
    const { status, answerType, answer } = exchange;
    t.deepEqual(answered, { status, answerType, answer }, exchange.target);
  }
});
