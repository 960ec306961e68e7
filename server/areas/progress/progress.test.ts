import test from 'ava';
import { GovernmentError } from '../../government/kit/governmentError.ts';
import type { PortalCase } from '../../government/progress/port.ts';
import { TestClock } from '../../kernel/clock.ts';
import { createFieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { useDatabase } from '../../testing/database.ts';
import { clearAll } from '../booking/testing/clear.ts';
import { ratingRules } from '../ratings/settings.ts';
import { ProgressRequest } from './contract.ts';
import { findProgress, type ProgressRoom } from './findProgress.ts';

useDatabase(test);
test.beforeEach(clearAll);

const right = { name: '王小明', number: '440118202611250001' };
const portalCase: PortalCase = {
  ...{ caseNumber: right.number, matterName: '食品经营许可', applicantMasked: '王*明' },
  ...{ appliedAt: new Date('2026-11-24T02:00:00Z'), state: '已受理', promisedDay: '2026-12-08' },
  steps: [{ name: '受理', at: new Date('2026-11-25T02:00:00Z') }],
};

function open() {
  const clock = new TestClock(new Date('2026-11-25T02:00:00Z'));
  const state = { down: false, asked: 0 };
  const room: ProgressRoom = {
    ...{ clock, misses: ratingRules.misses },
    cipher: createFieldCipher({ fieldKeys: ['1'.repeat(32)], indexKey: '2'.repeat(64) }),
    progress: {
      query: async ({ name, caseNumber }) => {
        state.asked += 1;
        if (state.down) throw new GovernmentError('progress', 'down', 'no answer');
        if (name === right.name && caseNumber === right.number) return portalCase;
        throw new GovernmentError('progress', 'refused', 'no such case', { code: 'notFound' });
      },
    },
  };
  const find = async (who: string, asked = right): Promise<unknown> => {
    try {
      return await findProgress(room, who, asked);
    } catch (error) {
      return error instanceof HallError ? error.id : error;
    }
  };
  return { clock, state, find };
}

test.serial(
  'R8.6: name and number together find a case; five misses end the tries of a caller and on a number',
  async (t) => {
    const { clock, state, find } = open();
    t.like(await find('wang'), { state: '已受理', applicant: '王*明', asOf: null });
    for (let n = 0; n < 5; n++)
      t.is(await find('guesser', { ...right, number: `44011820261125100${n}` }), 'progress.unknown');
    const asked = state.asked;
    t.is(await find('guesser'), 'progress.too_many_misses', 'also with the right pair');
    t.is(state.asked, asked, 'the province is not asked');
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((who) => find(who, { ...right, name: `猜${who}` })));
    t.is(await find('another'), 'progress.too_many_misses', 'many accounts, one number');
    clock.forward(16 * 60_000);
    t.like(await find('guesser'), { state: '已受理' });
  },
);

test.serial(
  'R5.3.2: while the province does not answer, its last word with its age, for the same pair only',
  async (t) => {
    const { clock, state, find } = open();
    clock.set('2026-11-26T02:00:00Z');
    await find('wang');
    state.down = true;
    clock.forward(3_600_000);
    t.like(await find('wang'), { state: '已受理', asOf: '2026年11月26日 10:00' });
    t.is(await find('wang', { ...right, name: '李四' }), 'progress.unavailable');
  },
);

test('a number is taken as people write it, and nothing else is', (t) => {
  t.is(ProgressRequest.parse({ name: '王小明', number: ' 4401 1820 2611 ' }).number, '440118202611');
  t.false(ProgressRequest.safeParse({ name: '王小明', number: "1' OR '1" }).success);
});
