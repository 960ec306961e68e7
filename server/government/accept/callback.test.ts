import anyTest, { type TestFn } from 'ava';
import type { Government } from '../../../mocks/government/server.ts';
import { systemClock } from '../../kernel/clock.ts';
import { newSm2Pair, sm2Sign } from '../../kernel/crypto/sm2.ts';
import { useDatabase } from '../../testing/database.ts';
import { gatewayHeaders } from '../kit/gatewaySignature.ts';
import { acceptCallback, acceptCallbackPath } from './callback.ts';
import { canonicalJson } from './canonical.ts';
import type { AcceptCallback } from './port.ts';
import { acceptClient, gateway, governmentOf, hallKey, listenWith } from './testing/acceptWorld.ts';
import { filled } from './testing/fillForm.ts';

interface World {
  government: Government;
  accept: ReturnType<typeof acceptClient>;
  hall: Awaited<ReturnType<typeof listenWith>>;
  received: AcceptCallback[];
  unread: string[];
  /** What the hall does with a callback. */
  handle: (callback: AcceptCallback) => Promise<void>;
}

const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);

const clock = systemClock();
const own = newSm2Pair();
const matter = '11440118MB2X00207W4442031811000';
const citizen = { kind: 'citizen', id: 'P1' } as const;

test.beforeEach(async (t) => {
  const received: AcceptCallback[] = [];
  const world = t.context;
  world.received = received;
  world.handle = async (callback) => void received.push(callback);
  const onUnread = async (table: string): Promise<void> => void world.unread.push(table);
  world.unread = [];
  const options = { gateway, theirPublicKey: own.publicKey, clock };
  const receiver = acceptCallback({ ...options, onEvent: (callback) => world.handle(callback), onUnread });
  world.hall = await listenWith(() => receiver);
  world.government = await governmentOf({
    hallUrl: world.hall.url,
    accept: { hallPublicKey: hallKey.publicKey, own },
  });
  world.accept = acceptClient(`${world.government.url}/accept`);
});
test.afterEach.always(async ({ context: { government, hall, accept } }) => {
  await Promise.all([government?.close(), hall?.close(), accept?.close()]);
});

const keysOf = (received: readonly AcceptCallback[]): string[] => received.map(({ event }) => event.key);

test.serial(
  'section 9 no. 13: callbacks three times over and the newest first carry the same keys as asked for in order',
  async (t) => {
    const { government, accept, received } = t.context;
    government.setProfile('accept', { dupCallback: 3, outOfOrder: true });
    const { caseNumber } = await accept.submit(await filled(accept, matter, 'ZC-000001'), citizen);
    for (const act of [
      { act: 'accept', verdict: '1' },
      { act: 'examine' },
      { act: 'decide', verdict: '0' },
    ] as const)
      government.accept.act(caseNumber, act);
    await government.accept.callbacks.settled();
    const told = keysOf(received);
    const asked = (await accept.events(caseNumber)).map(({ key }) => key);
    t.is(told.length, asked.length * 3);
    t.deepEqual([...new Set(told)].sort(), [...asked].sort());
    t.notDeepEqual([...new Set(told)], asked, 'not in their order');
    t.true(received.every(({ ourNumber }) => ourNumber === 'ZC-000001'));
  },
);

test.serial('a callback is answered with 0 only once it is kept: what fails is sent again', async (t) => {
  const { government, accept, received } = t.context;
  let fails = 2;
  t.context.handle = async (callback) => {
    if (fails-- > 0) throw new Error('the store is away');
    received.push(callback);
  };
  await accept.submit(await filled(accept, matter, 'ZC-000002'), citizen);
  await government.accept.callbacks.settled();
  const kept = received.length;
  t.is(government.accept.callbacks.waiting, 2, 'two wait for their next turn');
  government.accept.callbacks.hurry();
  await government.accept.callbacks.settled();
  t.is(government.accept.callbacks.waiting, 0);
  t.is(received.length, kept + 2);
});

test.serial('callbacks that never come are filled in by asking', async (t) => {
  const { government, accept, received } = t.context;
  government.accept.callbacks.on = false;
  const { caseNumber } = await accept.submit(await filled(accept, matter, 'ZC-000003'), citizen);
  government.accept.act(caseNumber, { act: 'accept', verdict: '1' });
  await government.accept.callbacks.settled();
  t.is(received.length, 0);
  t.true((await accept.events(caseNumber)).some(({ step }) => step === 'accepted'));
});

test.serial(
  'nothing is believed without the gateway’s headers and their signature over the very body',
  async (t) => {
    const { hall, received } = t.context;
    const row = {
      SBLSH_SHORT: '44011820261124000123',
      SLZTDM: '1',
      SLSJ: '2026-11-24 10:21:33',
      VERSION: '1',
    };
    const body = { bizNo: 'ZC-1', seq: 1, table: 'EX_GDBS_SL', row };
    const sign = (key: string, what: unknown): string =>
      sm2Sign(key, Buffer.from(canonicalJson(what)), 'raw').toString('base64');
    const post = async (sent: unknown, headers: Record<string, string>): Promise<number> => {
      const answer = await fetch(hall.url + acceptCallbackPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof sent === 'string' ? sent : JSON.stringify(sent),
      });
      return answer.status;
    };
    const fresh = (): Record<string, string> => gatewayHeaders(gateway, clock.wall());
    const good = { ...body, sign: sign(own.privateKey, body) };
    t.is(await post(good, {}), 401);
    t.is(await post(good, gatewayHeaders({ ...gateway, token: 'another-token' }, clock.wall())), 401);
    t.is(
      await post(good, gatewayHeaders(gateway, new Date(clock.wall().getTime() - 600_000))),
      401,
      'a replay',
    );
    t.is(await post({ ...body, sign: sign(newSm2Pair().privateKey, body) }, fresh()), 400, 'another key');
    t.is(await post({ ...good, row: { ...row, SLZTDM: '4' } }, fresh()), 400, 'changed on the way');
    t.is(await post('<html>', fresh()), 400);
    t.is(await post({ ...good, row: { ...row, LONG: 'x'.repeat(300_000) } }, fresh()), 400, 'too long');
    t.is(received.length, 0);
    t.is(await post(good, fresh()), 200);
    t.like(received[0], { ourNumber: 'ZC-1', event: { step: 'accepted', verdict: 'accepted', version: 1 } });
    const unknown = { ...body, table: 'EX_GDBS_NEW' };
    t.is(
      await post({ ...unknown, sign: sign(own.privateKey, unknown) }, fresh()),
      200,
      'of no use to us, and not sent for ever',
    );
    t.is(received.length, 1);
    t.deepEqual(t.context.unread, ['EX_GDBS_NEW'], 'but kept');
  },
);
