import type { Clock } from '../../kernel/clock.ts';
import type { FieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { sm3 } from '../../kernel/crypto/sm.ts';
import { isDuplicateKey } from '../../kernel/database.ts';
import type { Actor } from '../kit/systemGate.ts';
import { isObject, type Json } from '../kit/tolerantJson.ts';
import { type AppealState, appealState, type KeptEvent, wordingOf } from './appealState.ts';
import { HotlineEventModel, type StoredEvent } from './eventModel.ts';
import { eventFromWire } from './mapping.ts';
import type { AppealCallback, AppealEvent, AppealReport, Hotline } from './port.ts';
import { stepOf } from './steps.ts';

export interface HotlineInbox {
  readonly clock: Clock;
  readonly cipher: FieldCipher;
  /** Told of each event that a query brought and no callback had, after it is kept. */
  readonly onEvent?: (callback: AppealCallback) => Promise<void>;
}

/** Keeps what a callback brought, as it came; the same again is the same row. Unreadable things are kept too, and make no event. */
export async function keepCallback(inbox: HotlineInbox, raw: Json, appealNumber: string): Promise<void> {
  const event = eventFromWire(appealNumber, raw);
  await keep(inbox, appealNumber, event ? wordingOf(event) : JSON.stringify(raw), event?.seq ?? null, raw);
}

/** True when it was new. */
async function keep(
  { cipher, clock }: HotlineInbox,
  appealNumber: string,
  wording: string,
  seq: number | null,
  raw: Json,
): Promise<boolean> {
  const _id = idOf(appealNumber, seq, wording);
  try {
    const { upsertedCount } = await HotlineEventModel.updateOne(
      { _id },
      {
        $setOnInsert: {
          ...{ appealNumber, receivedAt: clock.now(), confirmedAt: null },
          rawSealed: cipher.encrypt(JSON.stringify(raw), placeOf(_id)),
        },
      },
      { upsert: true },
    );
    return upsertedCount > 0;
  } catch (error) {
    if (isDuplicateKey(error)) return false; // another process kept it at the same moment
    throw error;
  }
}

const idOf = (appealNumber: string, seq: number | null, wording: string): string =>
  `${appealNumber}/${seq ?? 'unread'}/${sm3(wording).toString('hex').slice(0, 24)}`;
const placeOf = (id: string): string => `hotline.event/${id}`;

/** All that is kept about an appeal. Holds personal data. */
export async function keptEvents(cipher: FieldCipher, appealNumber: string): Promise<readonly KeptEvent[]> {
  const rows = await HotlineEventModel.find({ appealNumber }).limit(2000).lean<StoredEvent[]>();
  return rows.flatMap(({ _id, rawSealed, confirmedAt }) => {
    const raw = JSON.parse(cipher.decrypt(rawSealed, placeOf(_id))) as Json;
    const event = revived(appealNumber, raw);
    return event ? [{ event, confirmedAt }] : [];
  });
}

/** How an appeal stands by all that is kept. */
export const stateOfAppeal = async (cipher: FieldCipher, appealNumber: string): Promise<AppealState> =>
  appealState(await keptEvents(cipher, appealNumber));

export interface AskedAppeal {
  readonly appealNumber: string;
  readonly queryCode: string;
}

/** Asks the platform where something is missing or doubtful; whoever has not heard for long asks with `refresh`. */
export async function fillGaps(
  inbox: HotlineInbox,
  hotline: Pick<Hotline, 'query'>,
  appeal: AskedAppeal,
): Promise<AppealState> {
  const state = await stateOfAppeal(inbox.cipher, appeal.appealNumber);
  if (state.missing.length === 0 && state.doubtful.length === 0) return state;
  return (await refresh(inbox, hotline, appeal, { kind: 'system' })).state;
}

/** Asks the platform and keeps all it tells: also finds the last events, whose loss leaves no gap. Throws GovernmentError. */
export async function refresh(
  inbox: HotlineInbox,
  hotline: Pick<Hotline, 'query'>,
  appeal: AskedAppeal,
  asker: Actor,
): Promise<{ readonly state: AppealState; readonly report: AppealReport }> {
  const report = await hotline.query(appeal.appealNumber, appeal.queryCode, asker);
  const at = inbox.clock.now();
  for (const event of report.events) {
    const fresh = await keep(inbox, event.appealNumber, wordingOf(event), event.seq, keptForm(event));
    if (fresh) await inbox.onEvent?.({ event });
  }
  const ids = report.events.map((event) => idOf(event.appealNumber, event.seq, wordingOf(event)));
  await HotlineEventModel.updateMany({ _id: { $in: ids } }, { $max: { confirmedAt: at } });
  return { state: await stateOfAppeal(inbox.cipher, appeal.appealNumber), report };
}

/** A query's answer is kept as it was understood: texts must not be cleaned twice. */
const keptForm = ({ at, ...rest }: AppealEvent): Json => ({ known: { ...rest, at: at.toISOString() } });

function revived(appealNumber: string, raw: Json): AppealEvent | null {
  if (!isObject(raw) || !isObject(raw['known'])) return eventFromWire(appealNumber, raw);
  const known = raw['known'] as unknown as Omit<AppealEvent, 'at'> & { readonly at: string };
  return { ...known, step: stepOf(known.status), at: new Date(known.at) };
}
