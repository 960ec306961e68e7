import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { full } from '../../mocks/government/core/profile.ts';
import { startGovernment } from '../../mocks/government/server.ts';
import { startStoreProcess } from '../../mocks/mongodb/chaos/storeProcess.ts';
import { createApp } from '../app.ts';
import { hallsRoutes } from '../areas/halls/routes.ts';
import { seedHalls } from '../areas/halls/seed.ts';
import { mattersRoutes } from '../areas/matters/routes.ts';
import { seedMatters } from '../areas/matters/seed.ts';
import { createCityBooking } from '../government/booking/client.ts';
import { createItemsSystem } from '../government/items/client.ts';
import { CallLog } from '../government/kit/callLog.ts';
import { gatewayHeaders } from '../government/kit/gatewaySignature.ts';
import { GovernmentHttp } from '../government/kit/http.ts';
import { type EnvelopeKeys, openEnvelope, sealEnvelope } from '../government/kit/smEnvelope.ts';
import { connectSoapText } from '../government/kit/soapText.ts';
import { SystemGate } from '../government/kit/systemGate.ts';
import { parseTolerant } from '../government/kit/tolerantJson.ts';
import { policyOf } from '../government/policies.ts';
import { systemClock } from '../kernel/clock.ts';
import { newSm2Pair } from '../kernel/crypto/sm2.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';
import { loadCalendar } from '../kernel/workingDays/load.ts';
import { bareEnvelope, bareRest, bareSoap } from './adapterParts/bareClients.ts';
import { perCall, quantile, ratioOf } from './adapterParts/measure.ts';
import { envelopePeer, restPeer, soapPeer, wsdl } from './adapterParts/peers.ts';

const clock = systemClock();
const atOnce = 16;
const gateway = { paasId: 'p', token: 'gateway-token' };
const value = { XM: '王小明', ZJLX: '10', SQSX: '预约办事' };

/**
 * What the kit costs over a client written without it, per call against the same peer in this process, 16 at once, the store in
 * a process of its own: `rest` (signature, gate, audit), `sm` (SM2/SM4 envelope besides), `soap`. `unrelated_p99_ratio`: the p99
 * of pages that need no government system, with all systems faulty over the same with all well.
 */
export async function run(): Promise<Record<string, number>> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-adapters-'));
  const store = await startStoreProcess(join(dir, 'store'));
  await connectDatabase(`mongodb://127.0.0.1:${store.port}/?replicaSet=rs0`, 'bench');
  await prepareDatabase();
  try {
    return {
      rest: await restRatio(),
      sm: await envelopeRatio(),
      soap: await soapRatio(),
      unrelated_p99_ratio: await unrelatedRatio(),
    };
  } finally {
    await disconnectDatabase();
    await store.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

const gateTo = (id: string): SystemGate =>
  new SystemGate(
    { ...policyOf('items'), id, maintenance: [], atOnce: 64 },
    { clock, callLog: new CallLog() },
  );

const call = { operation: 'bench', actor: { kind: 'system' }, purpose: '测量', repeatable: true } as const;

async function restRatio(): Promise<number> {
  const peer = await restPeer();
  const [bare, http, gate] = [
    bareRest(peer.url, gateway.token),
    new GovernmentHttp('bench', peer.url),
    gateTo('rest'),
  ];
  const kit = (): Promise<unknown> =>
    gate.call({
      ...call,
      run: async (signal) => {
        const headers = gatewayHeaders(gateway, clock.wall());
        return parseTolerant(
          'bench',
          (await http.call({ method: 'GET', target: '/detail?code=1', headers, signal })).text,
        );
      },
    });
  const ratio = await ratioOf(
    'rest',
    9,
    () => perCall(400, atOnce, kit),
    () => perCall(400, atOnce, bare.call),
  );
  await Promise.all([bare.close(), http.close()]);
  peer.close();
  return ratio;
}

async function envelopeRatio(): Promise<number> {
  const [us, them] = [newSm2Pair(), newSm2Pair()];
  const shared = { appCode: 'ZCHALL', sm4Key: '0123456789abcdeffedcba9876543210', iv: null };
  const ours: EnvelopeKeys = { ...shared, ourPrivateKey: us.privateKey, theirPublicKey: them.publicKey };
  const peer = await envelopePeer({
    ...shared,
    ourPrivateKey: them.privateKey,
    theirPublicKey: us.publicKey,
  });
  const [bare, http, gate] = [
    bareEnvelope(peer.url, ours, value),
    new GovernmentHttp('bench', peer.url),
    gateTo('sm'),
  ];
  const kit = (): Promise<unknown> =>
    gate.call({
      ...call,
      run: async (signal) => {
        const body = JSON.stringify(sealEnvelope(ours, value, clock.wall()));
        const answer = await http.call({ method: 'POST', target: '/', body, signal });
        return openEnvelope('bench', ours, parseTolerant('bench', answer.text), clock.wall());
      },
    });
  const ratio = await ratioOf(
    'sm',
    5,
    () => perCall(32, atOnce, kit),
    () => perCall(32, atOnce, bare.call),
  );
  await Promise.all([bare.close(), http.close()]);
  peer.close();
  return ratio;
}

async function soapRatio(): Promise<number> {
  const peer = await soapPeer();
  const args = {
    sIdentify: 'zc',
    sTable: 'EX_GDBS_SL',
    sXml: '<DATA table="EX_GDBS_SL"><ROW><SLZTDM>1</SLZTDM></ROW></DATA>',
  };
  const bare = await bareSoap(peer.url, args);
  const soap = await connectSoapText({
    system: 'bench',
    wsdl,
    endpoint: `${peer.url}/exchange`,
    encoding: 'utf-8',
  });
  const gate = gateTo('soap');
  const kit = (): Promise<unknown> =>
    gate.call({ ...call, run: (signal) => soap.call('setDataXmlToFocus', args, signal) });
  const ratio = await ratioOf(
    'soap',
    9,
    () => perCall(150, atOnce, kit),
    () => perCall(150, atOnce, bare.call),
  );
  await Promise.all([bare.close(), soap.close()]);
  peer.close();
  return ratio;
}

/** Calls to the systems a second, as an ordinary day has them. */
const backgroundRate = 40;

async function unrelatedRatio(): Promise<number> {
  await seedHalls();
  await seedMatters(clock.now());
  const government = await startGovernment({ identity: { clientId: 'a', clientSecret: 'b' }, gateway });
  const callLog = new CallLog();
  const gateOf = (id: string): SystemGate =>
    new SystemGate({ ...policyOf(id), maintenance: [], timeoutMs: 1000 }, { clock, callLog });
  const items = createItemsSystem({ base: `${government.url}/items`, gateway, gate: gateOf('items'), clock });
  const city = createCityBooking({ base: `${government.url}/booking`, gate: gateOf('booking') });
  const app = createApp({
    clock,
    routes: [...hallsRoutes({ clock, calendar: loadCalendar({ estimateBeyond: true }) }), ...mattersRoutes()],
    citizenOf: async () => undefined,
    staffOf: async () => undefined,
    ready: async () => true,
    rateFactor: 100_000,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const codes = government.items.codes().slice(0, 40);
  let turn = 0;
  const background = setInterval(() => {
    turn += 1;
    const asked: Promise<unknown> =
      turn % 2 === 0 ? items.detail(codes[turn % codes.length]!, null) : city.slots('ZC-A', codes[0]!, 5);
    asked.catch(() => undefined); // refused and timed-out calls are the point
  }, 1000 / backgroundRate);
  const pages = ['/api/halls', '/api/matters?page=1', '/api/topics', '/api/matters/m01'];
  const visit = async (count: number, into: number[]): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const started = performance.now();
      const answer = await fetch(url + pages[i % pages.length]);
      await answer.arrayBuffer();
      if (answer.ok) into.push(performance.now() - started);
    }
  };
  const [well, ill]: [number[], number[]] = [[], []];
  await visit(200, []); // warm
  for (let round = 0; round < 10; round++) {
    for (const [profile, into] of [
      [{}, well],
      [{ ...full, timeoutRate: 0.3, http5xx: 0.3 }, ill],
    ] as const) {
      for (const system of ['items', 'booking'] as const) government.setProfile(system, profile);
      await visit(160, into);
    }
  }
  clearInterval(background);
  server.closeAllConnections();
  server.close();
  await Promise.all([items.close(), city.close(), government.close(), callLog.flush()]);
  const [good, bad] = [quantile(well, 0.99), quantile(ill, 0.99)];
  console.log(
    `unrelated pages: p99 ${good.toFixed(2)} ms with all well, ${bad.toFixed(2)} ms with all faulty (${well.length} each)`,
  );
  return Math.round((bad / good) * 1000) / 1000;
}
