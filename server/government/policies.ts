import { z } from 'zod';
import file from '../../cloud-config/government.json' with { type: 'json' };
import type { SystemPolicy } from './kit/systemPolicy.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const Policies = z.object({
  systems: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z]+$/),
      name: z.string().min(1),
      timeoutMs: z.number().int().min(100).max(20_000),
      atOnce: z.number().int().min(1).max(200),
      waiting: z.number().int().min(0).max(1000),
      breaker: z.object({ failures: z.number().int().min(1), restMs: z.number().int().min(100) }),
      dailyQuota: z.number().int().min(1).nullable(),
      maintenance: z.array(
        z.object({ weekdays: z.array(z.number().int().min(1).max(7)).min(1), from: time, until: time }),
      ),
    }),
  ),
});

/** `cloud-config/government.json`, checked: how each system is called. */
export const systemPolicies: readonly SystemPolicy[] = Policies.parse(file).systems;

export function policyOf(id: string): SystemPolicy {
  const policy = systemPolicies.find((each) => each.id === id);
  if (!policy) throw new Error(`cloud-config/government.json has no system ${id}`);
  return policy;
}
