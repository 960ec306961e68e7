import { compileUpdatePipeline } from '../aggregate/updatePipeline.ts';
import { equal } from '../bson/compare.ts';
import { show } from '../bson/show.ts';
import { typeOf } from '../bson/typeOf.ts';
import { type Doc, isDocument, setField, type Value } from '../bson/value.ts';
import { badValue, CommandError, failedToParse } from '../errors.ts';
import { compileFilter, type Filter, type Position, type Variables } from '../query/filter.ts';
import { compileModifier, type Modifier } from './modifiers.ts';
import { checkViable, comparePaths, readPath, removePath, splitPath, writePath } from './paths.ts';

/** An update ready to be applied to documents. `apply` changes its argument or returns another document. */
export interface Update {
  kind: 'modifiers' | 'replacement' | 'pipeline';
  /** Top-level fields it may change, where that is known. */
  touched?: ReadonlySet<string>;
  /** It uses the positional operator, and needs to know which element matched. */
  positional?: boolean;
  apply(doc: Doc, options: { inserting: boolean; position?: number | undefined }): Doc;
}

interface Operation {
  op: string;
  path: string;
  parts: string[];
  modifier: Modifier | undefined;
  operand: Value;
}

export interface UpdateOptions {
  arrayFilters?: Doc[] | undefined;
  variables?: Variables | undefined;
}

export function compileUpdate(spec: Value, options: UpdateOptions = {}): Update {
  if (Array.isArray(spec)) {
    if (options.arrayFilters?.length)
      throw failedToParse('Cannot specify arrayFilters and a pipeline update');
    return { kind: 'pipeline', apply: pipelineUpdate(spec, options.variables) };
  }
  if (!isDocument(spec)) throw failedToParse('Update argument must be either an object or an array');
  const [first] = Object.keys(spec);
  if (first === undefined || !first.startsWith('$')) {
    const dollar = Object.keys(spec).find((name) => name.startsWith('$'));
    if (dollar) {
      throw new CommandError(
        52,
        `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
    if (options.arrayFilters?.length)
      throw failedToParse('arrayFilters may not be specified for a replacement-style update');
    return { kind: 'replacement', apply: (doc) => replacement(doc, spec) };
  }
  const operations = parseOperations(spec);
  checkConflicts(operations);
  const filters = parseArrayFilters(options.arrayFilters ?? [], operations);
  operations.sort((a, b) => comparePaths(a.parts, b.parts));
  return {
    kind: 'modifiers',
    touched: new Set(operations.map(({ parts }) => parts[0]!)),
    positional: operations.some(({ parts }) => parts.includes('$')),
    apply(doc, { inserting, position }) {
      const id = doc['_id'];
      for (const operation of operations) {
        if (operation.op === '$setOnInsert' && !inserting) continue;
        applyOperation(doc, operation, filters, position);
      }
      checkId(id, doc, inserting);
      return doc;
    },
  };
}

function pipelineUpdate(stages: Value[], variables: Variables | undefined): Update['apply'] {
  const run = compileUpdatePipeline(stages, variables);
  return (doc, { inserting }) => {
    const id = doc['_id'];
    const result = run(doc);
    if (result['_id'] === undefined && id !== undefined) return { _id: id, ...result };
    checkId(id, result, inserting);
    return result;
  };
}

function replacement(doc: Doc, spec: Doc): Doc {
  const id = doc['_id'];
  if (id === undefined) return { ...spec };
  if (spec['_id'] !== undefined && !equal(spec['_id'], id)) {
    throw new CommandError(
      66,
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(spec['_id'])}`,
    );
  }
  const result: Doc = { _id: id };
  for (const key of Object.keys(spec)) if (key !== '_id') setField(result, key, spec[key]!);
  return result;
}

function checkId(before: Value | undefined, doc: Doc, inserting: boolean): void {
  const after = doc['_id'];
  if (before === undefined && inserting) return;
  if (before !== undefined && after !== undefined && equal(before, after)) return;
  if (before === undefined && after === undefined) return;
  throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

function parseOperations(spec: Doc): Operation[] {
  const operations: Operation[] = [];
  for (const op of Object.keys(spec)) {
    const fields = spec[op]!;
    if (!op.startsWith('$') || !known.has(op)) {
      throw failedToParse(
        `Unknown modifier: ${op}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDocument(fields)) {
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeOf(fields)} instead. For example: {$mod: {<field>: ...}} not {${op}: ${show(fields)}}`,
      );
    }
    for (const path of Object.keys(fields)) {
      const operand = fields[path]!;
      const parts = splitPath(path);
      if (parts[0] === '$' || parts[0]?.startsWith('$[')) {
        throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
      }
      const modifier = op === '$unset' || op === '$rename' ? undefined : compileModifier(op, path, operand);
      operations.push({ op, path, parts, modifier, operand });
      if (op === '$rename') operations.push(renameTarget(path, parts, operand));
    }
  }
  return operations;
}

const known = new Set([
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$currentDate',
  '$setOnInsert',
  '$push',
  '$pull',
  '$pullAll',
  '$addToSet',
  '$pop',
  '$bit',
]);

/** A rename takes effect at its target's place in the order; the entry for its source only guards against conflicts. */
function renameTarget(path: string, parts: string[], operand: Value): Operation {
  if (typeof operand !== 'string')
    throw badValue(`The 'to' field for $rename must be a string: ${path}: ${show(operand)}`);
  const target = splitPath(operand);
  if (operand === path)
    throw badValue(`The source and target field for $rename must differ: ${path}: ${show(operand)}`);
  if (operand.startsWith(`${path}.`) || path.startsWith(`${operand}.`)) {
    throw badValue(
      `The source and target field for $rename must not be on the same path: ${path}: ${show(operand)}`,
    );
  }
  for (const part of [...parts, ...target]) {
    if (part.startsWith('$')) throw badValue(`The source field for $rename may not be dynamic: ${path}`);
  }
  return { op: '$renameTo', path: operand, parts: target, modifier: undefined, operand: path };
}

function checkConflicts(operations: Operation[]): void {
  const paths = new Map<string, true>();
  for (const { path } of operations) {
    for (const other of paths.keys()) {
      if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
        const at = other.length < path.length ? other : path;
        throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${at}'`);
      }
    }
    paths.set(path, true);
  }
}

function parseArrayFilters(specs: Doc[], operations: Operation[]): Map<string, Filter> {
  const filters = new Map<string, Filter>();
  for (const spec of specs) {
    const name = filterName(spec);
    if (!name) throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (filters.has(name))
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    filters.set(name, compileFilter(spec));
  }
  const used = new Set<string>();
  for (const { parts, path } of operations) {
    for (const part of parts) {
      const match = /^\$\[(.*)\]$/.exec(part);
      if (!match || match[1] === '') continue;
      if (!filters.has(match[1]!))
        throw badValue(`No array filter found for identifier '${match[1]}' in path '${path}'`);
      used.add(match[1]!);
    }
  }
  for (const name of filters.keys()) {
    if (!used.has(name)) {
      const spec = specs.find((each) => filterName(each) === name)!;
      throw failedToParse(
        `The array filter for identifier '${name}' was not used in the update ${show(spec)}`,
      );
    }
  }
  return filters;
}

function filterName(spec: Doc): string | undefined {
  for (const key of Object.keys(spec)) {
    if (!key.startsWith('$')) return key.split('.')[0];
    const inner = spec[key];
    for (const item of Array.isArray(inner) ? inner : []) {
      const name = isDocument(item) ? filterName(item) : undefined;
      if (name) return name;
    }
  }
  return undefined;
}

/** Turns `$`, `$[]` and `$[name]` into the positions they stand for in this document. */
function concretePaths(
  doc: Doc,
  parts: string[],
  filters: Map<string, Filter>,
  position: number | undefined,
): string[][] {
  const at = parts.findIndex((part) => part === '$' || part.startsWith('$['));
  if (at < 0) return [parts];
  const part = parts[at]!;
  const before = parts.slice(0, at);
  const rest = parts.slice(at + 1);
  if (part === '$') {
    if (position === undefined)
      throw badValue('The positional operator did not find the match needed from the query.');
    return concretePaths(doc, [...before, String(position), ...rest], filters, position);
  }
  const list = readPath(doc, before);
  if (list === undefined) {
    throw badValue(
      `The path '${before.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  if (!Array.isArray(list)) {
    throw badValue(`Cannot apply array updates to non-array element ${before.at(-1)}: ${show(list)}`);
  }
  const name = part.slice(2, -1);
  const filter = filters.get(name);
  return list.flatMap((item, i) => {
    if (filter && !filter.matches({ [name]: item })) return [];
    return concretePaths(doc, [...before, String(i), ...rest], filters, position);
  });
}

function applyOperation(
  doc: Doc,
  operation: Operation,
  filters: Map<string, Filter>,
  position: number | undefined,
): void {
  if (operation.op === '$rename') return;
  for (const parts of concretePaths(doc, operation.parts, filters, position)) {
    if (operation.op === '$unset') removePath(doc, parts);
    else if (operation.op === '$renameTo') rename(doc, operation, parts);
    else modify(doc, parts, operation.modifier!);
  }
}

function rename(doc: Doc, operation: Operation, target: string[]): void {
  const source = (operation.operand as string).split('.');
  checkViable(doc, source);
  const value = readPath(doc, source);
  if (value === undefined) return;
  checkNoArrays(doc, source, 'source', operation);
  checkNoArrays(doc, target, 'destination', operation);
  removePath(doc, source);
  // A renamed field goes to the end, also where the target was there before.
  writePath(doc, target, value);
}

function checkNoArrays(doc: Doc, parts: string[], role: string, operation: Operation): void {
  for (let i = 1; i < parts.length; i++) {
    if (Array.isArray(readPath(doc, parts.slice(0, i)))) {
      throw badValue(
        `The ${role} field cannot be an array element, '${role === 'source' ? operation.operand : operation.path}' in doc with _id: ${show(doc['_id'])} has an array field called '${parts[i - 1]}'`,
      );
    }
  }
}

function modify(doc: Doc, parts: string[], modifier: Modifier): void {
  if (modifier.onMissing === 'skip') checkViable(doc, parts);
  const now = readPath(doc, parts);
  if (now === undefined && modifier.onMissing === 'skip') return;
  const field = parts.at(-1)!;
  const next = modifier.change(now, { field, id: doc['_id'] });
  if (next === now || next === undefined) return;
  if (parts[0] === '_id' && doc['_id'] !== undefined && !(parts.length === 1 && equal(doc['_id'], next))) {
    throw new CommandError(
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  writePath(doc, parts, next);
}

export type { Position };
