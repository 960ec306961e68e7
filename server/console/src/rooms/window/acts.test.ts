import test from 'ava';
import { actOfKey, actsFor } from './acts.ts';

const press = (key: string, held: { ctrlKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

test('a free window calls, a called ticket is served, a served one is finished', (t) => {
  t.is(actsFor(null).main.name, 'call');
  t.is(actsFor({ state: 'called' }).main.name, 'serve');
  t.is(actsFor({ state: 'serving' }).main.name, 'finish');
});

test('nobody who is being served can be called again or marked as missed', (t) => {
  const names = actsFor({ state: 'serving' }).others.map((act) => act.name);
  t.false(names.includes('recall') || names.includes('miss'));
});

test('the space bar does the main act, letters the others, and what is not possible now has no key', (t) => {
  const called = actsFor({ state: 'called' });
  t.is(actOfKey(press(' '), called)?.name, 'serve');
  t.is(actOfKey(press('r'), called)?.name, 'recall');
  t.is(actOfKey(press('M'), called)?.name, 'miss');
  t.is(actOfKey(press('f'), called), null);
  t.is(actOfKey(press('r', { ctrlKey: true }), called), null, 'Ctrl+R reloads the page');
});
