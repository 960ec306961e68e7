import anyTest, { type TestFn } from 'ava';
import type { Act } from '../../../mocks/government/hotline/life.ts';
import type { Government } from '../../../mocks/government/server.ts';
import { useDatabase } from '../../testing/database.ts';
import { gateway, listenWith } from '../accept/testing/acceptWorld.ts';
import { gatewayHeaders } from '../kit/gatewaySignature.ts';
import type { Json } from '../kit/tolerantJson.ts';
import { hotlineCallback, hotlineCallbackPath } from './callback.ts';
import { callbackSignature } from './callbackSignature.ts';
import { HotlineEventModel } from './eventModel.ts';
import type { AppealCallback, AppealReceipt } from './port.ts';
import { fillGaps, type HotlineInbox, keepCallback, refresh, stateOfAppeal } from './takeEvents.ts';
import {
  appealOf,
  cipher,
  citizen,
  clock,
  hotlineClient,
  hotlineKey,
  platformOf,
} from './testing/hotlineWorld.ts';

interface World {
  government: Government;
  hotline: ReturnType<typeof hotlineClient>;
  hall: Awaited<ReturnType<typeof listenWith>>;
  received: AppealCallback[];
  inbox: HotlineInbox;
  /** What keeps a callback; a test may break it. */
  keep: (raw: Json, appealNumber: string) => Promise<void>;
}
const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);

test.beforeEach(async (t) => {
  const world = t.context;
  await HotlineEventModel.deleteMany({});
  world.received = [];
  world.inbox = { clock, cipher, onEvent: async (callback) => void world.received.push(callback) };
  world.keep = (raw, appealNumber) => keepCallback(world.inbox, raw, appealNumber);
  const receiver = hotlineCallback({
    ...{ gateway, key: hotlineKey, clock },
    keep: (raw, appealNumber) => world.keep(raw, appealNumber),
    onEvent: async (callback) => void world.received.push(callback),
  });
  world.hall = await listenWith(() => receiver);
  world.government = (await platformOf({ hallUrl: world.hall.url })).government;
  world.hotline = hotlineClient(`${world.government.url}/hotline`);
});
test.afterEach.always(async ({ context: { government, hall, hotline } }) => {
  await Promise.all([government?.close(), hall?.close(), hotline?.close()]);
});

const life: readonly Act[] = [
  { act: 'accept' },
  { act: 'assign', dept: '区水务局' },
  { act: 'sign' },
  { act: 'answer', text: '经核查，水管已修复。' },
  { act: 'review', verdict: 'pass' },
];
const file = async (world: World, ourNumber = 'SQ-000001'): Promise<AppealReceipt> => {
  const receipt = await world.hotline.create(appealOf(ourNumber), citizen);
  await world.government.hotline.callbacks.settled();
  return receipt;
};

test('the signature of the published vector, with the master in its place among the names', (t) => {
  const fields = {
    ...{ appealNo: '26112444011800012', seq: '3', status: '50', time: '2026-11-26 10:00:00' },
    masterNo: null,
  };
  const wanted = '20d2d9143911249300f7f197d5cde2f5340deeed1fc43250b96a3d3673e2f098';
  t.is(callbackSignature('mock-secret', fields), wanted);
  t.not(callbackSignature('mock-secret', { ...fields, masterNo: '26112444011800099' }), wanted);
});

test.serial(
  'section 9 no. 17: callbacks three times over and the newest first: one row each, one state',
  async (t) => {
    const { government, received } = t.context;
    government.setProfile('hotline', { dupCallback: 3, outOfOrder: true });
    const { appealNumber } = await file(t.context);
    for (const act of life) government.hotline.act(appealNumber, act);
    await government.hotline.callbacks.settled();
    t.is(received.length, 6 * 3);
    t.notDeepEqual(
      [...new Set(received.map(({ event }) => event.seq))],
      [1, 2, 3, 4, 5, 6],
      'not in their order',
    );
    t.is(await HotlineEventModel.countDocuments({ appealNumber }), 6);
    const state = await stateOfAppeal(cipher, appealNumber);
    t.like(state, { step: 'followUp', lastSeq: 6, missing: [], doubtful: [] });
    t.like(state.answers[0], { text: '经核查，水管已修复。', department: '区水务局', reviewed: true });
  },
);

test.serial('a callback is answered with 0 only once it is kept: what fails is sent again', async (t) => {
  const { government, keep } = t.context;
  let fails = 1;
  t.context.keep = async (raw, appealNumber) => {
    if (fails-- > 0) throw new Error('the store is away');
    await keep(raw, appealNumber);
  };
  const { appealNumber } = await file(t.context);
  t.is(government.hotline.callbacks.waiting, 1);
  t.is(await HotlineEventModel.countDocuments({ appealNumber }), 0);
  government.hotline.callbacks.hurry();
  await government.hotline.callbacks.settled();
  t.is(government.hotline.callbacks.waiting, 0);
  t.is(await HotlineEventModel.countDocuments({ appealNumber }), 1);
});

test.serial(
  'gaps are filled by one query, told once, and nothing is asked where nothing is missing',
  async (t) => {
    const { government, hotline, inbox, received } = t.context;
    const receipt = await file(t.context);
    const { appealNumber } = receipt;
    for (const seq of [3, 4]) government.hotline.callbacks.lost.add(`${appealNumber}/${seq}`);
    for (const act of life) government.hotline.act(appealNumber, act);
    await government.hotline.callbacks.settled();
    t.deepEqual((await stateOfAppeal(cipher, appealNumber)).missing, [3, 4]);
    const before = received.length;
    const calls = government.calls('hotline');
    t.deepEqual((await fillGaps(inbox, hotline, receipt)).missing, []);
    t.deepEqual(
      received.slice(before).map(({ event }) => event.seq),
      [3, 4],
    );
    t.like(await fillGaps(inbox, hotline, receipt), { step: 'followUp' });
    t.is(government.calls('hotline'), calls + 1);
    t.is(await HotlineEventModel.countDocuments({ appealNumber }), 6, 'the query made no second row of any');
  },
);

test.serial('callbacks that never come: whoever has not heard for long asks', async (t) => {
  const { government, hotline, inbox, received } = t.context;
  government.hotline.callbacks.on = false;
  const receipt = await file(t.context);
  for (const act of life) government.hotline.act(receipt.appealNumber, act);
  t.is(received.length, 0);
  const { state, report } = await refresh(inbox, hotline, receipt, citizen);
  t.like(state, { step: 'followUp', lastSeq: 6, missing: [] });
  t.true(report.dueAt !== null);
});

test.serial(
  'section 9 no. 17: a merged ticket tells its master’s number and step, and nothing of other people',
  async (t) => {
    const { government, hotline, inbox, received } = t.context;
    const [merged, master] = [await file(t.context), await file(t.context, 'SQ-000002')];
    government.hotline.act(merged.appealNumber, { act: 'merge', into: master.appealNumber });
    for (const act of life.slice(0, 3)) government.hotline.act(master.appealNumber, act);
    const secret = '李四家（13911112222）的漏水点已修复';
    government.hotline.act(master.appealNumber, { act: 'answer', text: secret, attachments: ['李四.jpg'] });
    government.hotline.act(master.appealNumber, { act: 'review', verdict: 'pass' });
    await government.hotline.callbacks.settled();
    const wire = JSON.stringify(government.hotline.find(merged.appealNumber)!.events);
    t.true(wire.includes('李四'), 'the platform really sends it');
    t.like(await stateOfAppeal(cipher, merged.appealNumber), {
      step: 'merged',
      master: { appealNumber: master.appealNumber, step: 'followUp', status: 60 },
      answers: [],
    });
    const { state, report } = await refresh(inbox, hotline, merged, citizen);
    const ofMerged = received.filter(({ event }) => event.appealNumber === merged.appealNumber);
    t.true(ofMerged.length > 5);
    t.false(JSON.stringify([state, report, ofMerged]).includes('李四'));
    const rated = hotline.rate(
      {
        ...{ appealNumber: merged.appealNumber, queryCode: merged.queryCode, ourNumber: 'PJ-000001' },
        ...{ satisfaction: 'dissatisfied', text: '不行' },
      },
      citizen,
    );
    t.like(await t.throwsAsync(rated), { code: 'notOpen' });
    t.is((await stateOfAppeal(cipher, master.appealNumber)).answers[0]!.text, secret, 'the master has it');
  },
);

test.serial('what came is kept as it came, and cannot be read without the key', async (t) => {
  const { appealNumber } = await file(t.context);
  t.context.government.hotline.act(appealNumber, { act: 'refuse', reason: '王小明的诉求不属于受理范围' });
  await t.context.government.hotline.callbacks.settled();
  const rows = await HotlineEventModel.find({ appealNumber }).lean();
  t.is(rows.length, 2);
  t.false(JSON.stringify(rows).includes('王小明'));
  const raws = rows.map(({ _id, rawSealed }) => cipher.decrypt(rawSealed, `hotline.event/${_id}`));
  t.true(raws.some((raw) => raw.includes('"sign"') && raw.includes('王小明')));
});

test.serial(
  'nothing is believed without the gateway’s headers and the signature over its fields',
  async (t) => {
    const { hall, received } = t.context;
    const signed = (body: Record<string, Json>, key = hotlineKey): Record<string, Json> => {
      const of = (name: string): string => String(body[name]);
      const masterNo = 'masterNo' in body ? of('masterNo') : null;
      const fields = {
        appealNo: of('appealNo'),
        seq: of('seq'),
        status: of('status'),
        time: of('time'),
        masterNo,
      };
      return { ...body, sign: callbackSignature(key, fields) };
    };
    const body = {
      ...{ appealNo: '26112444011800012', seq: 3, status: 50, dept: '区水务局', time: '2026-11-26 10:00:00' },
      ...{ content: '已修复', attachments: [] },
    };
    const fresh = (): Record<string, string> => gatewayHeaders(gateway, clock.wall());
    const post = async (sent: unknown, headers: Record<string, string> = fresh()): Promise<number> => {
      const answer = await fetch(hall.url + hotlineCallbackPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof sent === 'string' ? sent : JSON.stringify(sent),
      });
      return answer.status;
    };
    const good = signed(body);
    t.is(await post(good, {}), 401);
    t.is(await post(good, gatewayHeaders({ ...gateway, token: 'another-token' }, clock.wall())), 401);
    t.is(
      await post(good, gatewayHeaders(gateway, new Date(clock.wall().getTime() - 600_000))),
      401,
      'a replay',
    );
    t.is(await post(body), 400, 'no signature');
    t.is(await post(signed(body, 'another-key')), 400);
    for (const change of [
      { status: 70 },
      { seq: 4 },
      { masterNo: '26112444011800099' },
      { appealNo: '26112444011800013' },
    ])
      t.is(await post({ ...good, ...change }), 400, JSON.stringify(change));
    t.is(await post('<html>'), 400);
    t.is(await post({ ...good, content: 'x'.repeat(300_000) }), 400, 'too long');
    t.is(received.length, 0);
    t.is(await HotlineEventModel.countDocuments({}), 0);
    t.is(await post({ ...good, sign: String(good['sign']).toUpperCase() }), 200);
    t.like(received[0]!.event, { seq: 3, step: 'answered', text: '已修复', department: '区水务局' });
    t.is(
      await post(JSON.stringify(good).replace('"26112444011800012"', '26112444011800012')),
      200,
      'a bare number',
    );
    t.is(await HotlineEventModel.countDocuments({}), 1);
    t.is(await post({ ...good, content: '请向某账户付款' }), 200, 'words are not signed');
    t.deepEqual(
      (await stateOfAppeal(cipher, '26112444011800012')).doubtful,
      [3],
      'so a query has to settle them',
    );
    const timeless = signed({ ...body, seq: 4, time: 'soon' });
    t.is(await post(timeless), 200, 'of no use to us, and not sent for ever');
    t.is(await HotlineEventModel.countDocuments({}), 3, 'but kept');
    t.is((await stateOfAppeal(cipher, '26112444011800012')).lastSeq, 3);
  },
);
