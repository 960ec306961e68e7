import type { Clock } from '../../kernel/clock.ts';
import type { FieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { RatingRules } from './settings.ts';

/** What the area needs from the house. */
export interface RatingsRoom {
  readonly clock: Clock;
  readonly calendar: WorkingDayCalendar;
  readonly cipher: Pick<FieldCipher, 'encrypt' | 'decrypt' | 'index'>;
  readonly rules: RatingRules;
  readonly findPerson: (id: string) => Promise<{
    readonly name: string | null;
    readonly displayName: string;
    readonly phoneMasked: string | null;
  } | null>;
  readonly findMatter: (id: string) => Promise<unknown | null>;
  readonly staffNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}
