import type { ApplicationsRoom } from '../../areas/applications/room.ts';
import { demoMatters } from '../../areas/matters/demo/demoMatters.ts';
import type { Person } from '../../areas/people/findPerson.ts';
import type { AcceptSystem } from '../../government/accept/port.ts';
import { systemClock } from '../../kernel/clock.ts';
import { createFieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { weekdayOf } from '../../kernel/localDay.ts';

export const benchForm: Record<string, unknown> = {
  ...{ formId: 'BENCH', version: 1, taskCode: 'X', title: '食品经营许可（新办）', promisedDays: 5 },
  sections: [
    {
      ...{ id: 'one', title: '内容' },
      fields: [
        { key: 'name', label: '姓名', kind: 'name', required: true },
        { key: 'phone', label: '手机号', kind: 'phone' },
        { key: 'area', label: '面积', kind: 'number', unit: '平方米' },
      ],
    },
  ],
  materials: ['M1', 'M2', 'M3', 'M4', 'M5'].map((seq) => ({ seq, name: `材料${seq}`, need: 'required' })),
};

/** The area with the form at hand: what is measured is ours, not the time limit of another system. */
export function benchRoom(): ApplicationsRoom {
  const clock = systemClock();
  const [matter] = demoMatters(new Date());
  const form = async () => ({
    ...{
      formId: 'BENCH',
      version: 1,
      matterCode: 'X',
      matterName: 'X',
      definition: benchForm,
      at: new Date(),
      fresh: true,
    },
  });
  return {
    clock,
    calendar: {
      ...{ coveredUntil: '2027-12-31', isEstimated: () => false, nameOf: () => null },
      isWorkday: (day) => weekdayOf(day) < 6,
    },
    cipher: createFieldCipher({ fieldKeys: ['0'.repeat(32)], indexKey: '0'.repeat(64) }),
    accept: { form } as unknown as AcceptSystem,
    licences: null,
    findMatter: async () => matter ?? null,
    findPerson: async (id) =>
      ({ id, level: 2, name: '王小明', displayName: '王*明', idNumber: '440118199001010019' }) as Person,
    files: { clock, scanner: { scan: async () => ({ clean: true, found: null }) }, secret: 'bench' },
  };
}
