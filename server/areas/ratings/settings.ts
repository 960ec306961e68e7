import { readFileSync } from 'node:fs';
import { z } from 'zod';

const whole = z.number().int().min(0);
const Tags = z.array(z.string().min(2).max(12)).max(12);

/** How ratings are taken and bad ones set right: data of the place, each rule with its source in the file. */
export const RatingRules = z.strictObject({
  version: z.literal(1),
  sources: z.record(z.string(), z.string()),
  /** Natural days in which a service can be rated. */
  silentDays: whole.min(1),
  /** Whether a service that nobody rated counts as 基本满意; always apart from what people chose. */
  countSilent: z.boolean(),
  contactWorkdays: whole.min(1),
  fixWorkdays: whole.min(1),
  /** The longest time to fix, from the rating. */
  extendedWorkdays: whole.min(1),
  /** How often the citizen may send an answer back. */
  followUps: whole,
  /** Natural days after an answer in which they may. */
  followUpDays: whole.min(1),
  misses: z.strictObject({ allowed: whole.min(1), minutes: whole.min(1) }),
  tags: z.strictObject({ good: Tags, bad: Tags }),
});
export type RatingRules = z.infer<typeof RatingRules>;

/** `cloud-config/ratings.json`, checked when it is loaded. */
export const ratingRules: RatingRules = RatingRules.parse(
  JSON.parse(readFileSync(new URL('../../../cloud-config/ratings.json', import.meta.url), 'utf8')),
);
