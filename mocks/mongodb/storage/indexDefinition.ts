import { asNumber, type Doc, type Value } from '../bson/value.ts';
import { compileFilter, type Filter } from '../query/filter.ts';
import { keysOf } from './indexKeys.ts';
import { encodeKey, isShortened } from './orderedKey.ts';

/** One index: how keys are made of a document, and what MongoDB says of it in listIndexes. */
export class Index {
  readonly id: number;
  readonly spec: Doc;
  readonly paths: string[];
  readonly directions: number[];
  readonly prefix: Buffer;
  readonly partial: Filter | undefined;
  /** Top-level fields its keys are made of; undefined = any may matter. */
  readonly roots: ReadonlySet<string> | undefined;
  /** For each component: an array was met on its path, so that one document may have several keys. */
  multikey: boolean[];
  /** A key was too long for LMDB and shortened, so that the order of keys is not to be relied on. */
  shortened = false;
  /** When it was defined, in the engine's count of such changes; older snapshots do not hold its keys. */
  since = 0;
  /** Not offered to the planner (collMod hidden). */
  hidden: boolean;

  constructor(id: number, spec: Doc) {
    this.id = id;
    this.spec = spec;
    const key = spec['key'] as Doc;
    this.paths = Object.keys(key);
    this.directions = this.paths.map((path) => ((asNumber(key[path]) ?? 1) < 0 ? -1 : 1));
    this.prefix = Buffer.alloc(4);
    this.prefix.writeUInt32BE(id);
    const filter = spec['partialFilterExpression'] as Doc | undefined;
    this.partial = filter ? compileFilter(filter) : undefined;
    this.roots =
      this.partial && !this.partial.roots
        ? undefined
        : new Set([...this.paths.map((path) => path.split('.')[0]!), ...(this.partial?.roots ?? [])]);
    this.multikey = this.paths.map(() => false);
    this.hidden = spec['hidden'] === true;
  }

  static load(stored: Doc): Index {
    const index = new Index(asNumber(stored['id'])!, stored['spec'] as Doc);
    index.multikey = stored['multikey'] as boolean[];
    index.shortened = stored['shortened'] === true;
    return index;
  }

  toStored(): Doc {
    return { id: this.id, spec: this.spec, multikey: this.multikey as Value[], shortened: this.shortened };
  }

  toSpec(): Doc {
    return this.spec;
  }

  get name(): string {
    return this.spec['name'] as string;
  }

  get keyPattern(): Doc {
    return this.spec['key'] as Doc;
  }

  get unique(): boolean {
    return this.spec['unique'] === true || this.isId;
  }

  get isId(): boolean {
    return this.name === '_id_';
  }

  get sparse(): boolean {
    return this.spec['sparse'] === true;
  }

  get expireAfterSeconds(): number | undefined {
    return asNumber(this.spec['expireAfterSeconds']);
  }

  get isMultikey(): boolean {
    return this.multikey.includes(true);
  }

  /** Whether a change of these top-level fields can change its keys. */
  concerns(fields: ReadonlySet<string>): boolean {
    if (!this.roots) return true;
    for (const root of this.roots) if (fields.has(root)) return true;
    return false;
  }

  /** The encoded keys (with the index id in front) of a document; none when the index leaves it out. */
  keysFor(doc: Doc): { keys: Buffer[]; values: Value[][]; multikey: boolean[]; shortened: boolean } {
    if (this.partial && !this.partial.matches(doc))
      return { keys: [], values: [], multikey: [], shortened: false };
    const { values, multikey } = keysOf(doc, this.paths, this.sparse);
    const keys = values.map((value) => encodeKey(value, this.directions, this.prefix));
    return { keys, values, multikey, shortened: keys.some((key) => isShortened(key, 4)) };
  }
}
