import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Middleware } from 'koa';
import Koa from 'koa';
import {
  type Government,
  type GovernmentOptions,
  startGovernment,
} from '../../../../mocks/government/server.ts';
import { systemClock } from '../../../kernel/clock.ts';
import { newSm2Pair } from '../../../kernel/crypto/sm2.ts';
import { CallLog } from '../../kit/callLog.ts';
import { SystemGate } from '../../kit/systemGate.ts';
import type { SystemPolicy } from '../../kit/systemPolicy.ts';
import { policyOf } from '../../policies.ts';
import { createAcceptSystem } from '../client.ts';

export const gateway = { paasId: 'zc-test', token: 'gateway-token' };
export const hallKey = newSm2Pair();
export const callLog = new CallLog();
const clock = systemClock();

/** A gate that keeps no hours and never rests. */
export const openGate = (id: string, change: Partial<SystemPolicy> = {}): SystemGate =>
  new SystemGate(
    {
      ...policyOf(id),
      maintenance: [],
      timeoutMs: 8000,
      breaker: { failures: 100_000, restMs: 50 },
      ...change,
    },
    { clock, callLog },
  );

/** The government with a working day's morning, and the hall's key known to it. */
export const governmentOf = (options: Partial<GovernmentOptions> = {}): Promise<Government> =>
  startGovernment({
    identity: { clientId: 'a', clientSecret: 'b' },
    gateway,
    accept: { hallPublicKey: hallKey.publicKey },
    now: () => new Date('2026-11-25T02:00:00Z'),
    seed: 7,
    ...options,
  });

export const acceptClient = (
  base: string,
  flavour: 'json' | 'soap' = 'json',
  change: Partial<SystemPolicy> = {},
  signingKey: string = hallKey.privateKey,
): ReturnType<typeof createAcceptSystem> =>
  createAcceptSystem({ base, gateway, gate: openGate('accept', change), clock, signingKey, flavour });

/** A little hall that the government can call: only this middleware. */
export async function listenWith(
  middleware: () => Middleware,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = new Koa();
  app.silent = true;
  app.use((ctx, next) => middleware()(ctx, next));
  const server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
