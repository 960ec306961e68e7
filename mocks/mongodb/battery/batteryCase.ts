import type { Document } from 'bson';

/**
 * One operation (or a short conversation) whose replies must be the same on MongoDB and on the stand-in.
 *
 * The collection is always called `c`. In a step, `lsid: 'A'` becomes a session of this run named A, `'$$cursor'`
 * becomes the cursor id of the latest reply that had one, and `$on: 'admin'` sends the step to that database.
 */
export interface BatteryCase {
  /** `group: what is asked`, unique in the battery. */
  readonly name: string;
  readonly docs: readonly Document[];
  readonly indexes: readonly IndexOfCase[];
  readonly steps: readonly Document[];
  /** The case only reads, so that cases of one group share one loaded collection. */
  readonly readOnly: boolean;
  readonly compare: Comparison;
}

export interface IndexOfCase {
  readonly key: Document;
  readonly name?: string;
  readonly [option: string]: unknown;
}

/**
 * What of a reply counts:
 * - `reply`: all of it;
 * - `unordered`: all of it, but the order of a batch is not promised by MongoDB;
 * - `index`: which index the winning plan of an explain uses (`COLLSCAN` when none);
 * - a list: only these top-level fields (an error is always compared as an error).
 */
export type Comparison = 'reply' | 'unordered' | 'index' | readonly string[];

/** A row of a group's table: what is asked, then the command or the conversation. */
export type Row = readonly [asked: string, steps: Document | readonly Document[], compare?: Comparison];

interface GroupSettings {
  readonly docs?: readonly Document[];
  readonly indexes?: readonly IndexOfCase[];
  readonly compare?: Comparison;
}

function casesOf(
  readOnly: boolean,
  group: string,
  settings: GroupSettings,
  rows: readonly Row[],
): BatteryCase[] {
  return rows.map(([asked, steps, compare]) => ({
    name: `${group}: ${asked}`,
    docs: settings.docs ?? [],
    indexes: settings.indexes ?? [],
    steps: Array.isArray(steps) ? (steps as readonly Document[]) : [steps as Document],
    readOnly,
    compare: compare ?? settings.compare ?? 'reply',
  }));
}

/** Cases that leave the collection as it is. */
export function reading(group: string, settings: GroupSettings, rows: readonly Row[]): BatteryCase[] {
  return casesOf(true, group, settings, rows);
}

/** Cases that each get a fresh collection, whose documents afterwards are compared too. */
export function writing(group: string, settings: GroupSettings, rows: readonly Row[]): BatteryCase[] {
  return casesOf(false, group, settings, rows);
}

export const find = (filter: Document, options: Document = {}): Document => ({
  find: 'c',
  filter,
  ...options,
});

export const aggregate = (pipeline: readonly Document[], options: Document = {}): Document => ({
  aggregate: 'c',
  pipeline,
  cursor: {},
  ...options,
});

export const insert = (documents: readonly Document[], options: Document = {}): Document => ({
  insert: 'c',
  documents,
  ...options,
});

export const update = (q: Document, u: Document | readonly Document[], options: Document = {}): Document => ({
  update: 'c',
  updates: [{ q, u, ...options }],
});

export const remove = (q: Document, limit: 0 | 1 = 0): Document => ({ delete: 'c', deletes: [{ q, limit }] });

export const findAndModify = (query: Document, options: Document): Document => ({
  findAndModify: 'c',
  query,
  ...options,
});

export const explain = (command: Document): Document => ({ explain: command, verbosity: 'queryPlanner' });
