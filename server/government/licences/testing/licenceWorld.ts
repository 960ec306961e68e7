import { openGate } from '../../accept/testing/acceptWorld.ts';
import type { SystemPolicy } from '../../kit/systemPolicy.ts';
import { createLicenceSystem } from '../client.ts';
import type { LicenceAsker } from '../port.ts';

export const licenceKeys = { appKey: 'app', appSecret: 'secret', account: 'zc-hall', password: 'word' };

export const licenceClient = (
  base: string,
  change: Partial<SystemPolicy> = {},
): ReturnType<typeof createLicenceSystem> =>
  createLicenceSystem({
    base,
    keys: licenceKeys,
    gate: openGate('licences', { dailyQuota: null, ...change }),
    operator: { division: '增城区', divisionCode: '440118000000' },
  });

export const asking = (idNumber: string, change: Partial<LicenceAsker> = {}): LicenceAsker => ({
  actor: { kind: 'citizen', id: 'P1' },
  holder: { idType: idNumber.startsWith('9') ? '001' : '111', idNumber },
  purpose: {
    matterCode: '11440118MB2X0001234440131007001',
    matterName: '食品经营许可（新办）',
    ourNumber: 'ZC-000001',
  },
  consent: { textVersion: '2026-11', givenAt: new Date('2026-11-25T02:00:00Z') },
  ...change,
});
