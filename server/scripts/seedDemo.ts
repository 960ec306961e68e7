import { seedReceivers } from '../areas/broadcasts/receivers.ts';
import { seedHalls } from '../areas/halls/seed.ts';
import { seedMatters } from '../areas/matters/seed.ts';
import { findPerson } from '../areas/people/findPerson.ts';
import { type DemoCitizen, demoPersonId, seedPeople } from '../areas/people/seed.ts';
import { seedKiosk } from '../areas/queue/seed.ts';
import { demoStaff } from '../areas/staff/demo/demoStaff.ts';
import { seedStaff } from '../areas/staff/seed.ts';
import type { Clock } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';

/** Loads the demo data, or refreshes it; what citizens and staff did since stays. Safe in several processes at once. */
export async function seedDemo(clock: Clock): Promise<void> {
  const started = performance.now();
  await seedHalls();
  await seedMatters(clock.now());
  await seedPeople({ now: clock.now() });
  await seedStaff(async (citizen) => demoPersonId(citizen as DemoCitizen));
  await seedKiosk();
  await seedReceivers(await demoReceivers());
  log.info({ ms: Math.round(performance.now() - started) }, 'demo data');
}

/** Staff whose own WeChat is a demo citizen's: what they send to themselves arrives on that phone. */
async function demoReceivers(): Promise<{ staffId: string; openid: string; label: string }[]> {
  const receivers = [];
  for (const { id, phoneOf } of demoStaff) {
    const person = phoneOf === null ? null : await findPerson(demoPersonId(phoneOf as DemoCitizen));
    const openid = person?.openids.officialAccount;
    if (person && openid) receivers.push({ staffId: id, openid, label: person.displayName });
  }
  return receivers;
}
