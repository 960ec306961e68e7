import type { Clock } from '../../kernel/clock.ts';
import type { Matter } from '../matters/model.ts';
import type { Person } from '../people/findPerson.ts';

/** What the area needs from the house. */
export interface ProxiesRoom {
  readonly clock: Clock;
  readonly rules: {
    readonly perAgent: number;
    readonly codeMinutes: number;
    readonly longestDays: number;
  };
  /** Key of the code's hash. */
  readonly secret: string;
  readonly findPerson: (id: string) => Promise<Person | null>;
  readonly findByIdNumber: (idNumber: string) => Promise<Person | null>;
  readonly findByPhone: (phone: string) => Promise<Person | null>;
  /** The blind index of an identity number: who has no account is known by it, and by nothing else. */
  readonly indexOf: (idNumber: string) => string;
  readonly findMatter: (id: string) => Promise<Matter | null>;
}
