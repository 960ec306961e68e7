import anyTest, { type TestFn } from 'ava';
import { readConfig } from '../config.ts';
import { acceptCallbackPath } from '../government/accept/callback.ts';
import { filled } from '../government/accept/testing/fillForm.ts';
import { openGates } from '../government/gates.ts';
import { asking } from '../government/licences/testing/licenceWorld.ts';
import { casesOfApplicant, eventsOfCase } from '../government/progress/findEvents.ts';
import { systemClock } from '../kernel/clock.ts';
import { createFieldCipher } from '../kernel/crypto/fieldCipher.ts';
import { useHall } from '../testing/hall.ts';
import { idleEnvironment } from '../testing/settings.ts';
import { openCaseSystems } from './caseSystems.ts';

const test = anyTest as TestFn;
const hall = useHall(test, { roles: ['web'] });
const clock = systemClock();

const open = (environment: Record<string, string>): ReturnType<typeof openCaseSystems> => {
  const config = readConfig(environment);
  const cipher = createFieldCipher({ fieldKeys: [config.FIELD_KEY], indexKey: config.INDEX_KEY });
  return openCaseSystems(config, clock, openGates(clock, config.GOVERNMENT_HOURS), cipher);
};

test.serial('a case handed in at another counter reaches the hall by the exchange’s own push', async (t) => {
  const { government } = hall.outside;
  government.progress.addDemoCases();
  await government.progress.settled();
  t.true(government.progress.rows.length > 8);
  t.true(government.progress.rows.every(({ taken }) => taken));
  const { FIELD_KEY, INDEX_KEY } = hall.environment as { FIELD_KEY: string; INDEX_KEY: string };
  const cipher = createFieldCipher({ fieldKeys: [FIELD_KEY], indexKey: INDEX_KEY });
  const [found] = await casesOfApplicant(cipher, '440118199001010019', { limit: 5 });
  const steps = (await eventsOfCase(cipher, found!.caseNumber)).map(({ step }) => step);
  t.deepEqual(steps, ['applied', 'accepted', 'examined', 'closed']);
});

test.serial('all three systems answer with the hall’s own settings, in both flavours', async (t) => {
  for (const flavour of ['json', 'soap']) {
    const systems = open({ ...hall.environment, ACCEPT_FLAVOUR: flavour });
    t.teardown(() => systems.close());
    const matter = '11440118MB2X00207W4442031811000';
    const ourNumber = `ZC-${flavour}-0001`;
    const { caseNumber } = await systems.accept!.submit(await filled(systems.accept!, matter, ourNumber), {
      kind: 'citizen',
      id: 'P1',
    });
    t.is((await systems.accept!.find(ourNumber))?.caseNumber, caseNumber);
    t.true((await systems.progress!.caseEvents(caseNumber, { kind: 'system' })).length > 0);
    t.true((await systems.licences!.held(asking('440118199001010019'))).length > 0);
  }
});

test.serial('the address for callbacks is there, and closed to strangers', async (t) => {
  const answer = await fetch(hall.url + acceptCallbackPath, { method: 'POST', body: '{}' });
  t.is(answer.status, 401);
});

test('what is not configured is not there; half a configuration stops the start', (t) => {
  const none = open(idleEnvironment);
  t.deepEqual([none.accept, none.progress, none.licences], [null, null, null]);
  t.deepEqual([none.before({}).length, none.jobs({}).length], [0, 0]);
  t.throws(() => open({ ...idleEnvironment, ACCEPT_BASE: 'http://127.0.0.1:1' }), {
    message: /HALL_SM2_PRIVATE_KEY/,
  });
  t.throws(() => open({ ...idleEnvironment, LICENCES_BASE: 'http://127.0.0.1:1' }), {
    message: /LICENCES_APP_KEY/,
  });
});
