import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const Settings = z.strictObject({
  /** Between these local times kinds with `quietHours: hold` wait. */
  quietHours: z.strictObject({ from: Time, to: Time }),
  /** How much of the day's template quota broadcasts leave to personal notices. */
  personalReserve: z.strictObject({ share: z.number().min(0).max(1), atLeast: z.number().int().min(0) }),
  /** A broadcast halts by itself when so much of it fails, once so many were tried. */
  haltBroadcastAt: z.strictObject({
    failedShare: z.number().min(0).max(1),
    afterSends: z.number().int().positive(),
  }),
  /** Uploaded lists of receivers are emptied when they are older. */
  keepListsDays: z.number().int().min(1).max(365),
  /** So many broadcasts may run side by side; they share the pace and the places evenly. */
  broadcastsAtOnce: z.number().int().min(1).max(10),
  /** Kinds that go by SMS when WeChat cannot reach the person: the approved template, and the values in its order. */
  sms: z.record(z.string(), z.strictObject({ template: z.string(), values: z.array(z.string()).max(10) })),
});
export type NoticeSettings = z.infer<typeof Settings>;

/** `cloud-config/notices.json` */
export const noticeSettings: NoticeSettings = Settings.parse(
  JSON.parse(readFileSync(new URL('../../../cloud-config/notices.json', import.meta.url), 'utf8')),
);
