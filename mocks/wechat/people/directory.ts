import type { Citizen } from '../citizens.ts';
import { citizens } from '../citizens.ts';
import type { Store } from '../core/store.ts';
import { VirtualFollowers } from './virtual-followers.ts';

/** A span in which the account may write to a person unasked: opened by a message, a click, a follow or a scan. */
export type ReplyWindow = { kind: 'message' | 'touch'; openedAt: number; used: number };

export type Person = Citizen & {
  /** Unix seconds. */
  subscribedAt: number;
  subscribeScene: string;
  qrScene: number;
  qrSceneStr: string;
  remark: string;
  tags: number[];
  /** The account put the person on its black list: 43019. */
  blacklisted: boolean;
  /** The person's own setting: `quiet` accepts and never shows (failed:user block), `refuse` is 48002. */
  receives: 'yes' | 'quiet' | 'refuse';
  windows: ReplyWindow[];
  /** Mass messages received in `month`. */
  mass: { month: string; count: number };
  /** The person once allowed the account to see the profile (snsapi_userinfo). */
  consented: boolean;
  /** Last sign-in to the mini-program, ms; content checks need it within two hours. */
  programUsedAt: number;
  sessionKey: string;
};

/** Everyone the stand-in knows: the demo citizens (kept) and generated followers (computed, never stored). */
export class Directory {
  readonly virtual = new VirtualFollowers();
  #people;
  #byOpenid = new Map<string, string>();
  #store: Store;
  #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
    this.#people = this.#store.collection<Person>('people');
    this.seed();
  }

  /** Adds the demo citizens that are not there yet. */
  seed(): void {
    const day = 86_400;
    const today = Math.floor(this.#now().getTime() / 1000);
    for (const [index, citizen] of citizens.entries()) {
      const known = this.#people.get(citizen.id);
      if (known) {
        this.#people.set(citizen.id, { ...known, ...citizen, follows: known.follows });
      } else {
        this.#people.set(citizen.id, {
          ...citizen,
          subscribedAt: citizen.follows ? today - (40 - index) * day : 0,
          subscribeScene: 'ADD_SCENE_SEARCH',
          qrScene: 0,
          qrSceneStr: '',
          remark: '',
          tags: [],
          blacklisted: false,
          receives: 'yes',
          windows: [],
          mass: { month: '', count: 0 },
          consented: false,
          programUsedAt: 0,
          sessionKey: '',
        });
      }
      this.#byOpenid.set(citizen.openids.officialAccount, citizen.id);
      this.#byOpenid.set(citizen.openids.miniProgram, citizen.id);
    }
  }

  byId(id: string | undefined): Person | undefined {
    return id === undefined ? undefined : this.#people.get(id);
  }

  /** By official-account openid only: another application's openid is a stranger, as at WeChat. */
  byAccountOpenid(openid: string): Person | undefined {
    const person = this.byId(this.#byOpenid.get(openid));
    return person?.openids.officialAccount === openid ? person : undefined;
  }

  byProgramOpenid(openid: string): Person | undefined {
    const person = this.byId(this.#byOpenid.get(openid));
    return person?.openids.miniProgram === openid ? person : undefined;
  }

  byAnyOpenid(openid: string): Person | undefined {
    return this.byId(this.#byOpenid.get(openid));
  }

  save(person: Person): void {
    this.#people.set(person.id, person);
  }

  all(): Person[] {
    return citizens.map((citizen) => this.#people.get(citizen.id)!);
  }

  followers(): Person[] {
    return this.all().filter((person) => person.follows);
  }

  get followerCount(): number {
    return this.followers().length + this.virtual.count;
  }

  /** A page of follower openids after `next`; demo citizens come first. Undefined when `next` is no follower. */
  page(next: string, size: number): string[] | undefined {
    const real = this.followers().map((person) => person.openids.officialAccount);
    let skip = 0;
    if (next !== '') {
      const virtualIndex = this.virtual.indexOf(next);
      const realIndex = real.indexOf(next);
      if (virtualIndex === undefined && realIndex < 0) return undefined;
      skip = virtualIndex === undefined ? realIndex + 1 : real.length + virtualIndex + 1;
    }
    const page = real.slice(skip, skip + size);
    const first = Math.max(0, skip - real.length);
    return page.concat(this.virtual.range(first, size - page.length));
  }
}
