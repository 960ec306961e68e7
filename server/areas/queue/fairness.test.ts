import test from 'ava';
import fc from 'fast-check';
import {
  afterCall,
  cameFirst,
  chooseNext,
  type FairnessRules,
  foreseeOrder,
  freshLine,
  overtakenBy,
  type Waiting,
} from './fairness.ts';

const rules: FairnessRules = { maxOvertakes: 6, normalBetweenPriority: 3, bookedInARow: 2 };
const kinds = ['booked', 'priority', 'walkIn'] as const;
const ticket = (order: number, kind: Waiting['kind'], since = order): Waiting => ({
  id: `T${order}`,
  kind,
  since,
  order,
  overtaken: 0,
});

/** Arrivals and calls in any order; a booked person may come before the booked time. */
const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('come' as const),
      kind: fc.constantFrom(...kinds),
      early: fc.integer({ min: 0, max: 20 }),
    }),
    fc.record({ do: fc.constant('call' as const) }),
  ),
  { maxLength: 200 },
);
const anyRules = fc.record({
  maxOvertakes: fc.integer({ min: 0, max: 8 }),
  normalBetweenPriority: fc.integer({ min: 0, max: 4 }),
  bookedInARow: fc.integer({ min: 1, max: 4 }),
});

test('I5: nobody who is due is passed more than maxOvertakes times, whoever comes, whatever the ratios', (t) => {
  fc.assert(
    fc.property(steps, anyRules, (plan, given) => {
      let waiting: Waiting[] = [];
      let memory = freshLine;
      let now = 0;
      const passes = new Map<string, number>(); // counted here on its own, not read from the rule's bookkeeping
      for (const step of plan) {
        now += 1;
        if (step.do === 'come') {
          waiting.push(ticket(now, step.kind, now + (step.kind === 'booked' ? step.early : 0)));
          continue;
        }
        const choice = chooseNext(waiting, memory, now, given);
        if (!choice) {
          t.is(waiting.length, 0, 'somebody waits and nobody is called');
          continue;
        }
        const called = choice.ticket;
        for (const each of waiting) {
          const earlier = each.id !== called.id && each.since <= now && cameFirst(each, called) < 0;
          if (earlier) passes.set(each.id, (passes.get(each.id) ?? 0) + 1);
        }
        const passed = new Set(overtakenBy(called, waiting, now).map((each) => each.id));
        waiting = waiting
          .filter((each) => each.id !== called.id)
          .map((each) => (passed.has(each.id) ? { ...each, overtaken: each.overtaken + 1 } : each));
        memory = afterCall(memory, called.kind);
      }
      for (const count of passes.values()) if (count > given.maxOvertakes) return false;
      return true;
    }),
    { numRuns: 2000 },
  );
});

test('within a kind, who came first is called first', (t) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 40 }), (arrivals) => {
      const waiting = arrivals.map((kind, order) => ticket(order, kind));
      const order = foreseeOrder(waiting, freshLine, 1000, rules);
      for (const kind of kinds) {
        const called = order.filter((each) => each.kind === kind).map((each) => each.order);
        if (called.join() !== [...called].sort((a, b) => a - b).join()) return false;
      }
      return order.length === waiting.length;
    }),
  );
  t.pass();
});

test('priority is let in at one to three, booked and walk-in at two to one', (t) => {
  const waiting = [
    ...[0, 1, 2, 3, 4, 5].map((at) => ticket(at, 'walkIn', 50)),
    ...[6, 7, 8, 9, 10, 11].map((at) => ticket(at, 'booked', 50)),
    ...[12, 13, 14].map((at) => ticket(at, 'priority', 50)),
  ];
  const order = foreseeOrder(waiting, freshLine, 100, { ...rules, maxOvertakes: 100 }, 9);
  t.deepEqual(
    order.map((each) => each.kind[0]),
    ['p', 'b', 'b', 'w', 'p', 'b', 'b', 'w', 'p'],
  );
});

test('a booked person is not called before the booked time while others wait, but is when nobody does', (t) => {
  const early = ticket(1, 'booked', 500);
  t.is(chooseNext([early, ticket(2, 'walkIn')], freshLine, 10, rules)!.ticket.id, 'T2');
  t.like(chooseNext([early], freshLine, 10, rules), { ticket: { id: 'T1' }, reason: 'early' });
  t.is(chooseNext([], freshLine, 10, rules), null);
});
