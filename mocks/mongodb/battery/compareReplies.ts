import type { BatteryCase } from './batteryCase.ts';
import { documentedDifferences } from './documentedDifferences.ts';
import type { CaseReplies, CaseRunner } from './runCase.ts';

export interface Difference {
  readonly name: string;
  /** Which reply of the case, from 0; a writing case's last one is the collection's content afterwards. */
  readonly step: number;
  readonly asked: unknown;
  readonly expected: unknown;
  readonly got: unknown;
}

export function firstDifference(
  one: BatteryCase,
  expected: CaseReplies,
  got: CaseReplies,
): Difference | undefined {
  const steps = Math.max(expected.length, got.length);
  for (let step = 0; step < steps; step++) {
    if (JSON.stringify(expected[step]) !== JSON.stringify(got[step])) {
      const asked = one.steps[step] ?? 'the documents afterwards';
      return { name: one.name, step, asked, expected: expected[step], got: got[step] };
    }
  }
  return undefined;
}

/** Runs the cases on one server and compares with what another one answered. */
export async function differencesOf(
  cases: readonly BatteryCase[],
  runner: CaseRunner,
  expectedOf: (one: BatteryCase) => Promise<CaseReplies> | CaseReplies,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const one of cases) {
    const difference = firstDifference(one, await expectedOf(one), await runner.run(one));
    if (difference) differences.push(difference);
  }
  return differences;
}

/** What a test must complain about: undocumented differences, and documented ones that are none any more. */
export function undocumented(
  cases: readonly BatteryCase[],
  differences: readonly Difference[],
): readonly unknown[] {
  const differing = new Set(differences.map((one) => one.name));
  const settled = cases.filter((one) => documentedDifferences.has(one.name) && !differing.has(one.name));
  return [
    ...differences.filter((one) => !documentedDifferences.has(one.name)),
    ...settled.map((one) => ({
      name: one.name,
      remove: 'documented as different, but it answers as MongoDB does',
    })),
  ];
}
