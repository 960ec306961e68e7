import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const minutes = z.number().int().min(0);

/** The hall's booking rules: data of the place, each with its source in the file. */
export const BookingRules = z.strictObject({
  version: z.literal(1),
  sources: z.record(z.string(), z.string()),
  /** How many working days after the day of release can be booked. */
  horizonWorkingDays: z.number().int().min(1).max(30),
  /** 0 = the same day while places are left. */
  earliestDays: z.number().int().min(0).max(7),
  /** When, on each working day, the newest day becomes bookable. */
  releaseAt: Time,
  /** Up to so many minutes later, differing by hall and day in a way nobody outside can compute. */
  releaseJitterMinutes: minutes.max(60),
  slotMinutes: minutes.min(5).max(240),
  /** The grain of capacity: one window for so many minutes is one unit. */
  unitMinutes: minutes.min(1).max(240),
  /** The part of the windows kept for those who come without a booking. */
  walkInShare: z.number().min(0).max(0.9),
  holdMinutes: minutes.min(1).max(60),
  quota: z.strictObject({
    perMatterAndDay: z.literal(1),
    perDay: z.number().int().min(1),
    open: z.number().int().min(1),
  }),
  /** What one enterprise may have, booked by its agents on the whitelist. */
  enterpriseQuota: z.strictObject({
    perMatterAndDay: z.number().int().min(1),
    perDay: z.number().int().min(1),
    open: z.number().int().min(1),
  }),
  /** Authorisations to book for somebody else. */
  proxies: z.strictObject({
    /** People one may book for at a time: an authorisation is not a trade. */
    perAgent: z.number().int().min(1),
    codeMinutes: minutes.min(1),
    longestDays: z.number().int().min(1),
  }),
  /** The city's names of our halls; a hall that is not here is not booked in other channels. */
  cityChannel: z.strictObject({ orgCodes: z.record(z.string(), z.string().min(1)) }),
  /** When a request for a place looks like a machine's, and what a person does to go on. */
  antiBot: z.strictObject({
    personPerMinute: z.number().int().min(1),
    /** One address hides many phones of a carrier. */
    addressPerMinute: z.number().int().min(1),
    /** Of the work: each bit more doubles it. 16 is about a second of a phone. */
    difficultyBits: z.number().int().min(1).max(24),
    challengeMinutes: minutes.min(1),
    passMinutes: minutes.min(1),
    passHolds: z.number().int().min(1),
    /** Wrong answers before there is another question. */
    tries: z.number().int().min(1),
    questions: z
      .array(z.strictObject({ ask: z.string(), answers: z.array(z.string().min(1)).min(1) }))
      .min(1),
  }),
  /** Who is served first in the hall; proof is shown at the window, nothing is uploaded. */
  priorityGroups: z.array(
    z.strictObject({ id: z.string().regex(/^[a-z][a-zA-Z]*$/), label: z.string(), proof: z.string() }),
  ),
  cancel: z.strictObject({
    untilMinutesBefore: minutes,
    /** What a later cancellation counts towards the pause; the place still goes back. */
    lateStrike: z.number().min(0).max(1),
    /** Who cancels so soon after booking has changed their mind, and is not blamed. */
    freeMinutesAfterBooking: minutes,
  }),
  /** A released place stays shut for a random time in this range, against resale. */
  coolDownMinutes: z.strictObject({ least: minutes, most: minutes }),
  noShow: z.strictObject({
    strikes: z.number().min(1),
    withinDays: z.number().int().min(1),
    pauseDays: z.number().int().min(1),
  }),
  /** The line for a full slot: first come, first offered. */
  waitlist: z.strictObject({
    /** Open waits of one person. */
    perPerson: z.number().int().min(1),
    perSlot: z.number().int().min(1).max(200),
    /** How long an offer is kept before the next one gets it. */
    offerMinutes: minutes.min(1).max(120),
    /** So long before its start a slot is offered to nobody any more, and is open to all. */
    closesMinutesBefore: minutes,
    /** Between these times of the day an offer may be made: nobody is asked while asleep. */
    offersFrom: Time,
    offersUntil: Time,
  }),
  reminders: z.strictObject({ eveAt: Time, minutesBefore: minutes.min(1) }),
  /** Resources fewer than windows, e.g. one photo booth: so many of these matters a slot, in this hall. */
  scarce: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-zA-Z]*$/),
      name: z.string(),
      hallId: z.string(),
      matterIds: z.array(z.string()).min(1),
      perSlot: z.number().int().min(1),
    }),
  ),
});
export type BookingRules = z.infer<typeof BookingRules>;

/** `cloud-config/booking.json`, checked when it is loaded. */
export const bookingRules: BookingRules = BookingRules.parse(
  JSON.parse(readFileSync(new URL('../../../cloud-config/booking.json', import.meta.url), 'utf8')),
);
