import type { Government, GovernmentOptions } from '../../../../mocks/government/server.ts';
import { systemClock } from '../../../kernel/clock.ts';
import { createFieldCipher } from '../../../kernel/crypto/fieldCipher.ts';
import { gateway, governmentOf, openGate } from '../../accept/testing/acceptWorld.ts';
import type { SystemPolicy } from '../../kit/systemPolicy.ts';
import { createHotline } from '../client.ts';
import type { Appeal } from '../port.ts';

export const hotlineKey = 'hotline-secret';
export const cipher = createFieldCipher({ fieldKeys: ['1'.repeat(32)], indexKey: '2'.repeat(64) });
export const clock = systemClock();
export const citizen = { kind: 'citizen', id: 'P1' } as const;
/** A Wednesday morning in Beijing. */
export const morning = new Date('2026-11-25T02:00:00Z');

/** The platform with a clock that a test can set. */
export async function platformOf(
  options: Partial<GovernmentOptions> = {},
): Promise<{ readonly government: Government; readonly time: { now: Date } }> {
  const time = { now: morning };
  const government = await governmentOf({
    ...{ hotline: { key: hotlineKey }, now: () => time.now },
    ...options,
  });
  return { government, time };
}

export const hotlineClient = (
  base: string,
  change: Partial<SystemPolicy> = {},
): ReturnType<typeof createHotline> =>
  createHotline({ base, gateway, gate: openGate('hotline', change), clock });

export const appealOf = (ourNumber: string, change: Partial<Appeal> = {}): Appeal => ({
  ourNumber,
  kind: 'complaint',
  title: '夜间烧烤占道',
  text: '每晚八点以后示例路口有烧烤摊占用人行道，油烟很大。',
  townCode: '440118001',
  address: '荔城街道示例路与园圃路口',
  place: { latitude: 23.29, longitude: 113.81 },
  happenedAt: new Date('2026-11-24T12:00:00Z'),
  contact: { way: 'named', name: '王小明', phone: '13800000001' },
  files: [],
  mayBePublic: true,
  filedAt: new Date('2026-11-25T01:30:00Z'),
  ...change,
});
