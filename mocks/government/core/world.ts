import { type Profile, quiet } from './profile.ts';
import { Random } from './random.ts';

export interface GovernmentOptions {
  port?: number | undefined;
  host?: string | undefined;
  /** Where the systems keep their data; without it they forget at the end. */
  dir?: string | undefined;
  identity: { clientId: string; clientSecret: string };
  /** The hall's name and token at the gateway. */
  gateway: { paasId: string; token: string };
  /** Scheme and host of the hall: where people may be sent back to. Unset: anywhere. */
  hallUrl?: string | undefined;
  /** The time these systems live in: closing hours, days that can be booked. May be shifted in a demo. */
  now?: (() => Date) | undefined;
  /** The machine's time: signatures, and how long codes live. */
  wall?: (() => Date) | undefined;
  /** Of chance; the same seed gives the same faults. */
  seed?: number | undefined;
  /** The acceptance system. Without the hall's key every signature is refused; without `own` a pair is made. */
  accept?:
    | {
        hallPublicKey?: string | undefined;
        own?: { privateKey: string; publicKey: string } | undefined;
        /** Works on each case by itself, an act after so many milliseconds of hall time (six times as many where days are promised). Unset: only by hand. */
        paceMs?: number | undefined;
      }
    | undefined;
  /** The e-licence service. */
  licences?: { appKey: string; appSecret: string; account: string; password: string } | undefined;
  /** The treasury's non-tax system: the hall's unit and password. */
  nontax?: { unit: string; password: string } | undefined;
  /** 12345: the key of its callbacks; `paceMs` as above. Unset: callbacks nobody can check, and only by hand. */
  hotline?: { key: string; paceMs?: number | undefined } | undefined;
  /** By system. */
  profile?: Readonly<Record<string, Partial<Profile>>> | undefined;
}

export const systemNames = [
  'identity',
  'items',
  'booking',
  'accept',
  'progress',
  'licences',
  'fines',
  'utilities',
  'nontax',
  'hotline',
] as const;
export type SystemName = (typeof systemNames)[number];

/** One exchange, as the page of the stand-in shows it. */
export interface Traffic {
  at: string;
  method: string;
  path: string;
  status: number;
  ms: number;
  /** The fault that was played, if any. */
  fault: string | null;
  request: string;
  response: string;
}

/** What all systems of the stand-in share. */
export class World {
  readonly random: Random;
  readonly #profiles = new Map<string, Profile>();
  readonly #traffic = new Map<string, Traffic[]>();
  readonly #calls = new Map<string, number>();
  baseUrl = '';

  constructor(readonly options: GovernmentOptions) {
    this.random = new Random(options.seed ?? 20_261_125);
    for (const system of systemNames) this.setProfile(system, options.profile?.[system] ?? {});
  }

  now(): Date {
    return this.options.now?.() ?? new Date();
  }

  wall(): Date {
    return this.options.wall?.() ?? new Date();
  }

  count(system: string): void {
    this.#calls.set(system, this.calls(system) + 1);
  }

  profile(system: string): Profile {
    return this.#profiles.get(system) ?? { ...quiet };
  }

  /** Replaces the profile; what is not named is quiet. */
  setProfile(system: string, profile: Partial<Profile>): void {
    this.#profiles.set(system, { ...quiet, ...profile });
  }

  /** How many calls the system has had, whatever became of them. */
  calls(system: string): number {
    return this.#calls.get(system) ?? 0;
  }

  note(system: string, exchange: Traffic): void {
    const list = this.#traffic.get(system) ?? [];
    list.push(exchange);
    if (list.length > 500) list.shift();
    this.#traffic.set(system, list);
  }

  traffic(system: string): readonly Traffic[] {
    return this.#traffic.get(system) ?? [];
  }
}
