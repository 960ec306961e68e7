import mongoose, { type ClientSession, Schema } from 'mongoose';
import { newId } from '../../kernel/ids.ts';
import type { LineMemory } from './fairness.ts';
import { freshLine } from './fairness.ts';

export interface Call {
  readonly seq: number;
  readonly label: string;
  readonly window: string;
  readonly times: number;
  readonly at: Date;
}

/**
 * The line of one kind of windows on one day. Every change of who waits, and every call, adds one to `version` in the
 * same transaction: a call is decided on the newest line, and a look-up knows when what it remembers is old.
 */
export interface Line {
  readonly _id: string;
  readonly hallId: string;
  readonly zone: string;
  readonly group: string;
  readonly day: string;
  readonly version: number;
  /** Differs for every document that was ever created: a version is only comparable within it. */
  readonly epoch: string;
  readonly memory: LineMemory;
  /** Minutes of the last visits, newest last. */
  readonly recent: readonly number[];
  /** The last calls, newest last. */
  readonly calls: readonly Call[];
}

const lineSchema = new Schema<Line>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    zone: { type: String, required: true },
    group: { type: String, required: true },
    day: { type: String, required: true },
    version: { type: Number, required: true },
    epoch: { type: String, required: true },
    memory: { type: Object, required: true },
    recent: { type: [Number], default: [] },
    calls: { type: [Object], default: [] },
  } as never,
  { collection: 'queueLines', minimize: false, versionKey: false },
);
lineSchema.index({ hallId: 1, day: 1 });

export const LineModel = mongoose.model('QueueLine', lineSchema);
export const lines = () => LineModel.collection as unknown as mongoose.mongo.Collection<Line>;

export interface LineKey {
  readonly hallId: string;
  readonly zone: string;
  readonly group: string;
  readonly day: string;
}

export const lineIdOf = ({ hallId, group, day }: Omit<LineKey, 'zone'>): string =>
  `${hallId}|${group}|${day}`;

export const keptCalls = 10;
export const keptVisits = 30;

export const emptyLine = (key: LineKey): Line => ({
  _id: lineIdOf(key),
  hallId: key.hallId,
  zone: key.zone,
  group: key.group,
  day: key.day,
  version: 0,
  epoch: '',
  memory: freshLine,
  recent: [],
  calls: [],
});

/** Marks that the people of a line have changed; part of every transaction that changes them. */
export async function touchLine(key: LineKey, session: ClientSession): Promise<void> {
  const { _id, version: _version, ...rest } = emptyLine(key);
  await lines().updateOne(
    { _id },
    { $inc: { version: 1 }, $setOnInsert: { ...rest, epoch: newId() } },
    { upsert: true, session },
  );
}
