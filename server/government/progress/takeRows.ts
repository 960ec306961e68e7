import type { Clock } from '../../kernel/clock.ts';
import type { FieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { isDuplicateKey } from '../../kernel/database.ts';
import type { CaseEvent } from './caseEvent.ts';
import { eventFromRow } from './fromRow.ts';
import type { ProgressSystem } from './port.ts';
import { ProgressRowModel, type StoredRow } from './rowModel.ts';
import { keepUnread } from './unreadRows.ts';

export interface ReceivedRow {
  readonly table: string;
  readonly raw: Readonly<Record<string, string>>;
}

export interface ProgressInbox {
  readonly clock: Clock;
  readonly cipher: FieldCipher;
  /** Told of each event that was new or newer, after it is kept; told again after a crash in between. */
  readonly onEvent?: (event: CaseEvent) => Promise<void>;
}

/**
 * Keeps rows of the exchange: each key once, its highest version, in whatever order they come (I11: raw first, state derived). Cases
 * nobody here knows are kept too: they are shown when their name and number are asked for (§9 no. 13).
 */
export async function takeRows(inbox: ProgressInbox, rows: readonly ReceivedRow[]): Promise<number> {
  let fresh = 0;
  for (const { table, raw } of rows) {
    const event = eventFromRow(table, raw);
    if (!event) {
      await keepUnread(inbox.cipher, table, raw, inbox.clock.now());
      continue;
    }
    if (await keep(inbox, event, raw)) fresh += 1;
    else if (!(await isLatest(event))) continue;
    await inbox.onEvent?.(event);
  }
  return fresh;
}

const isLatest = async ({ key, version }: CaseEvent): Promise<boolean> =>
  (await ProgressRowModel.countDocuments({ _id: key, version })) === 1;

async function keep(
  { cipher, clock }: ProgressInbox,
  event: CaseEvent,
  raw: ReceivedRow['raw'],
): Promise<boolean> {
  const applicant = event.step === 'applied' ? event.applicant : null;
  const facts: Omit<StoredRow, '_id'> = {
    version: event.version,
    caseNumber: event.caseNumber,
    table: event.table,
    at: event.at,
    receivedAt: clock.now(),
    rowSealed: cipher.encrypt(JSON.stringify(raw), `progress.row/${event.key}`),
    applicantIndex: applicant?.idNumber ? cipher.index(applicant.idNumber, 'progress.applicant') : null,
    userIdCode: event.step === 'applied' ? event.userIdCode : null,
  };
  try {
    const { modifiedCount, upsertedCount } = await ProgressRowModel.updateOne(
      { _id: event.key, version: { $lt: event.version } },
      { $set: facts },
      { upsert: true },
    );
    return modifiedCount + upsertedCount > 0;
  } catch (error) {
    if (isDuplicateKey(error)) return false; // the same or a newer version is here
    throw error;
  }
}

/** Takes what lies in the front table and sets it taken, a page at a time; answers how many rows were new. */
export async function emptyFrontTable(inbox: ProgressInbox, progress: ProgressSystem): Promise<number> {
  let fresh = 0;
  for (let page = 0; page < 50; page++) {
    const rows = await progress.untaken(200);
    if (rows.length === 0) break;
    fresh += await takeRows(inbox, rows);
    await progress.acknowledge([...new Set(rows.map(({ rowId }) => rowId))]);
  }
  return fresh;
}
