import { z } from 'zod';

export const HallKind = z.enum(['district', 'town', 'village']);
export type HallKind = z.infer<typeof HallKind>;

/** GCJ-02, as WeChat's map wants it. */
export const Place = z.object({ latitude: z.number(), longitude: z.number() });

export const HallCard = z.object({
  id: z.string(),
  kind: HallKind,
  name: z.string(),
  townCode: z.string(),
  townName: z.string(),
  address: z.string(),
  phone: z.string().nullable(),
  place: Place.nullable(),
  /** Metres from where the asker is, when they told us. */
  distance: z.number().nullable(),
  openNow: z.boolean(),
  /** 「今天 09:00–12:00，13:00–17:00」 or 「今天休息」. */
  hoursToday: z.string(),
  bookable: z.boolean(),
});
export type HallCard = z.infer<typeof HallCard>;

export const HallsQuery = z.object({
  kind: HallKind.optional(),
  town: z.string().max(12).optional(),
  matter: z.string().max(40).optional(),
  q: z.string().max(40).optional(),
  latitude: z.coerce.number().min(-90).max(90).optional(),
  longitude: z.coerce.number().min(-180).max(180).optional(),
  page: z.coerce.number().int().min(1).max(100).default(1),
});
export const HallList = z.object({ halls: z.array(HallCard), total: z.number() });
export type HallList = z.infer<typeof HallList>;

export const HallWindow = z.object({
  number: z.string(),
  name: z.string(),
  departments: z.array(z.string()),
});
export const HallZone = z.object({
  code: z.string(),
  name: z.string(),
  floor: z.string(),
  windows: z.array(HallWindow),
});
export const HallView = HallCard.extend({
  zones: z.array(HallZone),
  /** One line a weekday: 「周一至周五 09:00–12:00，13:00–17:00」. */
  hoursWeek: z.array(z.object({ days: z.string(), hours: z.string() })),
  departments: z.array(z.string()),
  matterCount: z.number(),
  transport: z.string().nullable(),
});
export type HallView = z.infer<typeof HallView>;

export const Town = z.object({
  code: z.string(),
  name: z.string(),
  place: Place,
  hallId: z.string(),
  villages: z.number(),
});
export type Town = z.infer<typeof Town>;
export const TownList = z.object({ towns: z.array(Town) });
export type TownList = z.infer<typeof TownList>;

export const HallParams = z.object({ id: z.string().max(40) });

export const hallsErrors = {
  notFound: { id: 'halls.not_found', status: 404, message: '没有找到这个办事大厅。' },
} as const;
