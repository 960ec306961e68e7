import mongoose, { Schema } from 'mongoose';
import type { FieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { sm3 } from '../../kernel/crypto/sm.ts';
import { isDuplicateKey } from '../../kernel/database.ts';
import { log } from '../../kernel/log.ts';

/** A row that is of no table, case or time we know: kept as it came, for the day somebody teaches us to read it. */
export interface StoredUnread {
  /** Of its content: the same row again is one. */
  readonly _id: string;
  readonly table: string;
  readonly receivedAt: Date;
  readonly rowSealed: string;
}

const unreadSchema = new Schema<StoredUnread>(
  {
    _id: { type: String, required: true },
    table: { type: String, default: '' },
    receivedAt: { type: Date, required: true },
    rowSealed: { type: String, required: true },
  } as never,
  { collection: 'progressUnread', versionKey: false },
);
unreadSchema.index({ receivedAt: 1 }, { expireAfterSeconds: 180 * 86_400 });
export const UnreadRowModel = mongoose.model('ProgressUnread', unreadSchema);

const place = (id: string): string => `progress.unread/${id}`;

export async function keepUnread(
  cipher: FieldCipher,
  table: string,
  raw: Readonly<Record<string, string>>,
  receivedAt: Date,
): Promise<void> {
  const text = JSON.stringify(raw);
  const _id = sm3(`${table}\u0000${text}`).toString('base64url');
  try {
    const row = { table: table.slice(0, 40), receivedAt, rowSealed: cipher.encrypt(text, place(_id)) };
    const { upsertedCount } = await UnreadRowModel.updateOne(
      { _id },
      { $setOnInsert: row },
      { upsert: true },
    );
    if (upsertedCount > 0)
      log.warn({ table: row.table, id: _id }, 'a row of the exchange cannot be read; it is kept');
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** The newest first, opened; holds personal data. */
export async function unreadRows(
  cipher: FieldCipher,
  limit: number,
): Promise<
  readonly {
    readonly table: string;
    readonly receivedAt: Date;
    readonly raw: Readonly<Record<string, string>>;
  }[]
> {
  const rows = await UnreadRowModel.find().sort({ receivedAt: -1 }).limit(limit).lean<StoredUnread[]>();
  return rows.map(({ _id, table, receivedAt, rowSealed }) => ({
    ...{ table, receivedAt },
    raw: JSON.parse(cipher.decrypt(rowSealed, place(_id))) as Record<string, string>,
  }));
}

/** The newest first, closed. */
export async function listUnread(
  limit: number,
): Promise<readonly { readonly id: string; readonly table: string; readonly receivedAt: Date }[]> {
  const rows = await UnreadRowModel.find()
    .select('table receivedAt')
    .sort({ receivedAt: -1 })
    .limit(limit)
    .lean<Omit<StoredUnread, 'rowSealed'>[]>();
  return rows.map(({ _id, table, receivedAt }) => ({ id: _id, table, receivedAt }));
}

/** One, opened; holds personal data. */
export async function openUnread(
  cipher: FieldCipher,
  id: string,
): Promise<{
  readonly id: string;
  readonly table: string;
  readonly receivedAt: Date;
  readonly fields: Readonly<Record<string, string>>;
} | null> {
  const row = await UnreadRowModel.findById(id).lean<StoredUnread>();
  if (!row) return null;
  const fields = JSON.parse(cipher.decrypt(row.rowSealed, place(id))) as Record<string, string>;
  return { id, table: row.table, receivedAt: row.receivedAt, fields };
}
