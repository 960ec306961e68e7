import type { Act } from './life.ts';

/** What each act must carry; anything else may be left out. */
const needed: Readonly<Record<Act['act'], Readonly<Record<string, RegExp>>>> = {
  preReview: { verdict: /^[12]$/ },
  accept: { verdict: /^[124]$/ },
  correction: { reason: /./ },
  examine: {},
  special: { kind: /^[AB]$/, name: /./, days: /^\d+$/ },
  specialEnd: { result: /./ },
  decide: { verdict: /^[01246]$/ },
  collect: { way: /^[01]$/ },
  expire: {},
};

/** An act from an admin call; the Error says what is missing. */
export function checkedAct(input: Record<string, unknown>): Act {
  const name = String(input['act']) as Act['act'];
  const fields = needed[name];
  if (!fields) throw new Error(`unknown act ${name}; known: ${Object.keys(needed).join(', ')}`);
  for (const [field, pattern] of Object.entries(fields))
    if (!pattern.test(String(input[field] ?? ''))) throw new Error(`${name} needs ${field}`);
  return input as unknown as Act;
}
