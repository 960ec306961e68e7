import { type Government, startGovernment } from '../../../../mocks/government/server.ts';
import { createItemsSystem } from '../../../government/items/client.ts';
import type { ItemsSystem } from '../../../government/items/port.ts';
import { CallLog } from '../../../government/kit/callLog.ts';
import { SystemGate } from '../../../government/kit/systemGate.ts';
import { policyOf } from '../../../government/policies.ts';
import { systemClock, type TestClock } from '../../../kernel/clock.ts';

const gateway = { paasId: 'p', token: 'gateway-token' };

/** The province's system and our way to it, without maintenance hours, and with a breaker that stays out of the way. */
export async function openProvince(clock: TestClock): Promise<{
  government: Government;
  items: ItemsSystem;
  close(): Promise<void>;
}> {
  const government = await startGovernment({
    identity: { clientId: 'a', clientSecret: 'b' },
    gateway,
    now: () => clock.now(),
  });
  const policy = { ...policyOf('items'), maintenance: [], breaker: { failures: 1000, restMs: 100 } };
  const real = systemClock();
  const gate = new SystemGate(policy, { clock: real, callLog: new CallLog() });
  const items = createItemsSystem({ base: `${government.url}/items`, gateway, gate, clock: real });
  return {
    government,
    items,
    close: async () => void (await Promise.all([items.close(), government.close()])),
  };
}

/** 食品经营许可（新办）, which the demo hall knows as m01. */
export const foodLicence = '11440118MB2X0001234440131007001';
