/** How badly one system behaves. Rates are probabilities a call, 0–1. */
export interface Profile {
  /** Milliseconds; answers take a log-normal time through both points. 0 = at once. */
  p50: number;
  p95: number;
  /** The connection stays open and nothing comes. */
  timeoutRate: number;
  http5xx: number;
  /** Status 200 with an error in the system's own words. */
  bizErrRate: number;
  /** Status 200 with a page of HTML where data should be. */
  htmlErrRate: number;
  /** The work is done, the answer never arrives. Only calls that change something. */
  lostReplyRate: number;
  /** Closed between these hours of each day, `["22:30", "06:30"]`. */
  nightWindow: [string, string] | null;
  /** Closed from Saturday 20:00 to Sunday 08:00. */
  weekendMaint: boolean;
  /** Answers in GBK. */
  gbk: boolean;
  /** Pushes are delivered this many times. */
  dupCallback: number;
  outOfOrder: boolean;
  /** Reads show the state before the last change. */
  staleRead: boolean;
  /** More calls a second than this are refused; 0 = no limit. */
  rateLimitQps: number;
}

export const quiet: Readonly<Profile> = {
  p50: 0,
  p95: 0,
  timeoutRate: 0,
  http5xx: 0,
  bizErrRate: 0,
  htmlErrRate: 0,
  lostReplyRate: 0,
  nightWindow: null,
  weekendMaint: false,
  gbk: false,
  dupCallback: 1,
  outOfOrder: false,
  staleRead: false,
  rateLimitQps: 0,
};

/** The systems as they are on an ordinary bad day. */
export const ordinary: Readonly<Record<string, Partial<Profile>>> = {
  identity: { p50: 180, p95: 900, http5xx: 0.005 },
  items: { p50: 300, p95: 2500, http5xx: 0.005, htmlErrRate: 0.005, nightWindow: ['02:00', '04:00'] },
  booking: { p50: 250, p95: 3000, bizErrRate: 0.005, lostReplyRate: 0.005, nightWindow: ['23:50', '00:10'] },
  accept: {
    p50: 900,
    p95: 8000,
    http5xx: 0.01,
    bizErrRate: 0.01,
    lostReplyRate: 0.01,
    nightWindow: ['22:30', '06:30'],
  },
  progress: { p50: 800, p95: 6000, http5xx: 0.03, dupCallback: 2, outOfOrder: true, weekendMaint: true },
  hotline: { p50: 400, p95: 2500, http5xx: 0.005, bizErrRate: 0.005, dupCallback: 2, outOfOrder: true },
  licences: { p50: 400, p95: 3000, http5xx: 0.01, bizErrRate: 0.005 },
};

/** Every fault these systems know, often. */
export const full: Readonly<Partial<Profile>> = {
  timeoutRate: 0.03,
  http5xx: 0.06,
  bizErrRate: 0.05,
  htmlErrRate: 0.05,
  lostReplyRate: 0.08,
};

/** What an admin call may change; anything else is named in the Error. */
export function checkedProfile(input: unknown): Partial<Profile> {
  if (typeof input !== 'object' || input === null) throw new Error('a profile is an object');
  for (const [key, value] of Object.entries(input)) {
    if (!(key in quiet)) throw new Error(`unknown field ${key}; known: ${Object.keys(quiet).join(', ')}`);
    const wanted = quiet[key as keyof Profile];
    const window = key === 'nightWindow' && (value === null || isWindow(value));
    if (!window && (wanted === null || typeof value !== typeof wanted))
      throw new Error(`${key} has a wrong value`);
  }
  return input as Partial<Profile>;
}

const isWindow = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((time) => /^\d\d:\d\d$/.test(String(time)));
