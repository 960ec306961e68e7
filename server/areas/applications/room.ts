import type { ClientSession } from 'mongoose';
import type { AcceptSystem } from '../../government/accept/port.ts';
import type { LicenceSystem } from '../../government/licences/port.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { FieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { FilesRoom } from '../attachments/room.ts';
import type { Matter } from '../matters/model.ts';
import type { Person } from '../people/findPerson.ts';
import type { StoredCase } from './model.ts';

/** What the area needs from the house. */
export interface ApplicationsRoom {
  readonly clock: Clock;
  readonly calendar: WorkingDayCalendar;
  readonly cipher: FieldCipher;
  /** Null where 综合受理 is not configured: no matter can be applied for. */
  readonly accept: AcceptSystem | null;
  readonly licences: LicenceSystem | null;
  readonly findMatter: (id: string) => Promise<Matter | null>;
  readonly findPerson: (id: string) => Promise<Person | null>;
  readonly files: FilesRoom;
  /** Told in the transaction in which a case was decided. */
  readonly caseDecided?: (decided: StoredCase, at: Date, session: ClientSession) => Promise<void>;
  readonly pollMs?: number;
}
