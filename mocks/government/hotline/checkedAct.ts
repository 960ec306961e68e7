import type { Act } from './life.ts';

/** What each act must carry; anything else may be left out. */
const needed: Readonly<Record<Act['act'], Readonly<Record<string, RegExp>>>> = {
  accept: {},
  refuse: { reason: /./ },
  assign: { dept: /./ },
  sign: {},
  handBack: { reason: /./ },
  handle: {},
  askExtension: { reason: /./ },
  extension: { days: /^\d{1,2}$/ },
  answer: { text: /./ },
  review: { verdict: /^(pass|back)$/ },
  followUp: { satisfaction: /^[1-4]$/ },
  merge: { into: /^\d{17}$/ },
  code: { status: /^\d{1,3}$/ },
};

/** An act from an admin call; the Error says what is missing. */
export function checkedAct(input: Record<string, unknown>): Act {
  const name = String(input['act']) as Act['act'];
  const fields = needed[name];
  if (!fields) throw new Error(`unknown act ${name}; known: ${Object.keys(needed).join(', ')}`);
  for (const [field, pattern] of Object.entries(fields))
    if (!pattern.test(String(input[field] ?? ''))) throw new Error(`${name} needs ${field}`);
  const numbers = ['days', 'status'].filter((field) => field in input);
  return {
    ...input,
    ...Object.fromEntries(numbers.map((field) => [field, Number(input[field])])),
  } as unknown as Act;
}
