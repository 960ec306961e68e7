import type { Doc, Value } from '../bson/value.ts';
import type { Filter, Variables } from '../query/filter.ts';
import type { Sort } from '../query/plan.ts';
import type { Collection } from '../storage/catalog.ts';

/** Documents flowing through a pipeline; undefined marks a place where other work may run. */
export type Flow = Iterable<Doc | undefined>;

/** What stages may ask of the store. */
export interface StageContext {
  database: string;
  variables: Variables;
  /** The collection the pipeline runs on, for the stages that tell of it. */
  collection?: Collection | undefined;
  /** Documents of another collection of the database, in natural order unless sorted. */
  read(collection: string, filter: Filter, sort?: Sort): Flow;
  /** Compiles an inner pipeline, for $lookup, $facet and $unionWith. */
  compile(
    stages: Value[],
    variables: Variables,
    inside: 'facet' | 'lookup' | 'unionWith',
  ): (input: Flow) => Flow;
  /** Runs an inner pipeline on a collection, with the collection's indexes serving its first $match. */
  run(collection: string, stages: Value[], variables: Variables): Flow;
}

export interface Stage {
  name: string;
  apply(input: Flow): Flow;
  /** Top-level fields it reads; undefined = it may read any. */
  roots?: readonly string[] | undefined;
  /** Only `roots` of the input can reach its output, so that earlier fields need not be decoded. */
  closes?: boolean;
  /** For the first stages: a filter, an order or a number the store can use. */
  filter?: Filter;
  sort?: Sort;
  limit?: number;
}

export type StageCompiler = (spec: Value, context: StageContext) => Stage;
