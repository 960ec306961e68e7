import { compileExpression, type Evaluate, isOperator, type Scope } from '../aggregate/expression.ts';
import { truthy } from '../aggregate/truthy.ts';
import { asNumber, type Doc, getField, isDocument, isNumeric, setField, type Value } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { compileFilter, type Filter, type Position, type Variables } from './filter.ts';

export type Projection = (doc: Doc) => Doc;

/** What is to be done with one field; `fields` descends. */
type Rule =
  | { kind: 'include' }
  | { kind: 'exclude' }
  | { kind: 'compute'; evaluate: Evaluate }
  | { kind: 'slice'; from: number; count: number | undefined }
  | { kind: 'elemMatch'; filter: Filter }
  | { kind: 'positional' }
  | { kind: 'fields'; rules: Map<string, Rule> };

export interface ProjectOptions {
  /** Find's own $slice, $elemMatch and `.$` are allowed. */
  find: boolean;
  filter?: Filter | undefined;
  variables?: Variables | undefined;
}

/** A find projection. The filter is needed for the positional operator. */
export function compileProjection(spec: Doc, filter: Filter, variables: Variables): Projection {
  return projection(spec, { find: true, filter, variables });
}

/** A $project stage. */
export function compileProjectStage(spec: Doc, variables: Variables): Projection {
  return projection(spec, { find: false, variables });
}

interface Kinds {
  include: boolean;
  exclude: boolean;
  idKept: boolean | undefined;
  /** Which of the two came first, for the message when both do. */
  first: 'include' | 'exclude' | undefined;
  positional: boolean;
}

function projection(spec: Doc, options: ProjectOptions): Projection {
  if (!options.find && Object.keys(spec).length === 0) {
    throw new CommandError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  }
  const rules = new Map<string, Rule>();
  const kinds: Kinds = {
    include: false,
    exclude: false,
    idKept: undefined,
    first: undefined,
    positional: false,
  };
  for (const path of Object.keys(spec)) addRule(rules, path, spec[path]!, path, options, kinds);
  if (kinds.include && kinds.exclude && kinds.first === 'exclude') {
    const second = Object.keys(spec).find(
      (path) => path !== '_id' && (!isPlainFlag(spec[path]!) || truthy(spec[path])),
    );
    throw new CommandError(31253, `Cannot do inclusion on field ${second} in exclusion projection`);
  }
  if (kinds.include && kinds.exclude) {
    const first = Object.keys(spec).find(
      (path) => path !== '_id' && isPlainFlag(spec[path]!) && !truthy(spec[path]),
    );
    throw new CommandError(
      31254,
      `Invalid ${options.find ? '' : '$project :: caused by :: '}Cannot do exclusion on field ${first} in inclusion projection`,
    );
  }
  const including = kinds.include || (!kinds.exclude && kinds.idKept === true);
  if (kinds.idKept === false) rules.set('_id', { kind: 'exclude' });
  else if (including && !rules.has('_id')) rules.set('_id', { kind: 'include' });
  const variables = options.variables ?? new Map<string, Value | undefined>();
  return (doc) => {
    const scope: Scope = { root: doc, current: doc, variables };
    let position: number | undefined;
    if (options.find && options.filter) {
      const found: Position = { index: undefined };
      if (hasPositional(rules)) {
        options.filter.matches(doc, found);
        if (found.index === undefined)
          throw new CommandError(
            51246,
            "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
          );
        position = found.index;
      }
    }
    return applyRules(doc, rules, including, scope, position);
  };
}

const isPlainFlag = (value: Value) => typeof value === 'boolean' || isNumeric(value);

function hasPositional(rules: Map<string, Rule>): boolean {
  for (const rule of rules.values()) {
    if (rule.kind === 'positional' || (rule.kind === 'fields' && hasPositional(rule.rules))) return true;
  }
  return false;
}

function addRule(
  rules: Map<string, Rule>,
  path: string,
  value: Value,
  whole: string,
  options: ProjectOptions,
  kinds: Kinds,
): void {
  if (path === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.startsWith('$'))
    throw new CommandError(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    );
  let parts = path.split('.');
  if (parts.includes(''))
    throw new CommandError(path.endsWith('.') ? 40353 : 15998, "FieldPath must not end with a '.'.");
  let rule: Rule;
  if (options.find && parts.at(-1) === '$') {
    parts = parts.slice(0, -1);
    if (isPlainFlag(value) && !truthy(value))
      throw new CommandError(31395, 'positional projection cannot be used with exclusion');
    if (kinds.positional)
      throw new CommandError(31276, 'Cannot specify more than one positional projection per query.');
    kinds.positional = true;
    rule = { kind: 'positional' };
    kinds.include = true;
  } else {
    const made = ruleOf(value, whole, options, kinds);
    if (!made) {
      for (const name of Object.keys(value as Doc))
        addRule(rules, `${path}.${name}`, (value as Doc)[name]!, `${whole}.${name}`, options, kinds);
      return;
    }
    rule = made;
  }
  place(rules, parts, rule, path);
}

function ruleOf(value: Value, whole: string, options: ProjectOptions, kinds: Kinds): Rule | undefined {
  if (isPlainFlag(value)) {
    const keep = truthy(value);
    if (whole === '_id') kinds.idKept = keep;
    else {
      kinds.first ??= keep ? 'include' : 'exclude';
      if (keep) kinds.include = true;
      else kinds.exclude = true;
    }
    return keep ? { kind: 'include' } : { kind: 'exclude' };
  }
  if (isDocument(value)) {
    const [op] = Object.keys(value);
    if (op === undefined)
      throw new CommandError(
        51270,
        `An empty sub-projection is not a valid value. Found empty object at path '${whole}'`,
      );
    if (options.find && op === '$elemMatch') {
      kinds.include = true;
      const inner = value['$elemMatch']!;
      if (!isDocument(inner)) throw new CommandError(31274, '$elemMatch: Invalid argument, object required');
      return { kind: 'elemMatch', filter: compileFilter({ v: { $elemMatch: inner } }) };
    }
    if (options.find && op === '$slice' && !isExpressionSlice(value['$slice']!))
      return sliceRule(value['$slice']!);
    if (op === '$meta') {
      if (value['$meta'] === 'textScore')
        throw new CommandError(40218, 'query requires text score metadata, but it is not available');
      throw notImplemented('$meta');
    }
    if (op.startsWith('$')) {
      if (Object.keys(value).length > 1)
        throw new CommandError(
          16410,
          `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
        );
      if (!isOperator(op)) throw new CommandError(31325, `Unknown expression ${op}`);
    }
    if (!op.startsWith('$')) return undefined;
  }
  if (whole !== '_id') kinds.include = true;
  return { kind: 'compute', evaluate: compileExpression(value, options.variables?.keys()).evaluate };
}

function isExpressionSlice(value: Value): boolean {
  return (
    Array.isArray(value) && (value.length === 3 || typeof value[0] === 'string' || Array.isArray(value[0]))
  );
}

function sliceRule(value: Value): Rule {
  if (Array.isArray(value)) {
    const [from, count] = value.map((item) => asNumber(item));
    if (value.length !== 2 || from === undefined || count === undefined)
      throw new CommandError(28667, 'Invalid $slice syntax');
    if (count <= 0)
      throw new CommandError(28724, `First argument to $slice must be an array, but is of type: int`);
    return { kind: 'slice', from, count };
  }
  const count = asNumber(value);
  if (count === undefined)
    throw new CommandError(
      28667,
      `Invalid $slice syntax. The given syntax { $slice: ${String(value)} } did not match the find() syntax`,
    );
  return count < 0 ? { kind: 'slice', from: count, count: -count } : { kind: 'slice', from: 0, count };
}

function place(rules: Map<string, Rule>, parts: string[], rule: Rule, path: string): void {
  const [first, ...rest] = parts;
  const present = rules.get(first!);
  if (rest.length === 0) {
    if (present) throw new CommandError(31249, `Path collision at ${path}`);
    rules.set(first!, rule);
    return;
  }
  if (present && present.kind !== 'fields')
    throw new CommandError(31249, `Path collision at ${path} remaining portion ${rest.join('.')}`);
  const inner = present?.kind === 'fields' ? present.rules : new Map<string, Rule>();
  rules.set(first!, { kind: 'fields', rules: inner });
  place(inner, rest, rule, path);
}

function applyRules(
  doc: Doc,
  rules: Map<string, Rule>,
  including: boolean,
  scope: Scope,
  position: number | undefined,
): Doc {
  const result: Doc = {};
  for (const key of Object.keys(doc)) {
    const rule = rules.get(key);
    const value = doc[key]!;
    if (!rule) {
      if (!including) setField(result, key, value);
      continue;
    }
    const made = applyRule(value, rule, including, scope, position);
    if (made !== undefined) setField(result, key, made);
  }
  // Computed fields come in the order of the specification, after those the document had.
  for (const [key, rule] of rules) {
    if (rule.kind === 'compute' && getField(doc, key) === undefined) {
      const made = rule.evaluate(scope);
      if (made !== undefined) setField(result, key, made);
    } else if (rule.kind === 'fields' && getField(doc, key) === undefined && hasComputed(rule.rules)) {
      setField(result, key, applyRules({}, rule.rules, including, scope, position));
    }
  }
  return result;
}

function hasComputed(rules: Map<string, Rule>): boolean {
  for (const rule of rules.values()) {
    if (rule.kind === 'compute' || (rule.kind === 'fields' && hasComputed(rule.rules))) return true;
  }
  return false;
}

function applyRule(
  value: Value,
  rule: Rule,
  including: boolean,
  scope: Scope,
  position: number | undefined,
): Value | undefined {
  switch (rule.kind) {
    case 'include':
      return value;
    case 'exclude':
      return undefined;
    case 'compute':
      return rule.evaluate(scope);
    case 'slice':
      return sliced(value, rule.from, rule.count);
    case 'positional':
      return Array.isArray(value) && position !== undefined && position < value.length
        ? [value[position]!]
        : value;
    case 'elemMatch': {
      if (!Array.isArray(value)) return undefined;
      const found = value.find((item) => rule.filter.matches({ v: [item] }));
      return found === undefined ? undefined : [found];
    }
    case 'fields':
      return descend(value, rule.rules, including, scope, position);
  }
}

function sliced(value: Value, from: number, count: number | undefined): Value {
  if (!Array.isArray(value)) return value;
  const start = from < 0 ? Math.max(0, value.length + from) : from;
  return value.slice(start, count === undefined ? undefined : start + count);
}

function descend(
  value: Value,
  rules: Map<string, Rule>,
  including: boolean,
  scope: Scope,
  position: number | undefined,
): Value | undefined {
  if (isDocument(value)) return applyRules(value, rules, including, scope, position);
  if (Array.isArray(value)) {
    return value
      .map((item) => descend(item, rules, including, scope, position))
      .filter((item) => item !== undefined);
  }
  if (hasComputed(rules)) return applyRules({}, rules, including, scope, position);
  return including ? undefined : value;
}

/** $addFields: everything is kept, the named fields are computed. */
export function compileAddFields(spec: Doc, variables: Variables): Projection {
  if (Object.keys(spec).length === 0)
    throw new CommandError(40177, '$addFields specification stage must be an object with at least one field');
  const rules = new Map<string, Rule>();
  for (const path of Object.keys(spec)) addComputed(rules, path, spec[path]!, variables);
  return (doc) => addRules(doc, rules, { root: doc, current: doc, variables });
}

function addComputed(rules: Map<string, Rule>, path: string, value: Value, variables: Variables): void {
  if (path === '' || path.startsWith('$'))
    throw new CommandError(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    );
  if (isDocument(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]!.startsWith('$')) {
    for (const name of Object.keys(value)) addComputed(rules, `${path}.${name}`, value[name]!, variables);
    return;
  }
  place(
    rules,
    path.split('.'),
    { kind: 'compute', evaluate: compileExpression(value, variables.keys()).evaluate },
    path,
  );
}

function addRules(doc: Doc, rules: Map<string, Rule>, scope: Scope): Doc {
  const result: Doc = { ...doc };
  for (const [key, rule] of rules) {
    if (rule.kind === 'compute') {
      const made = rule.evaluate(scope);
      if (made === undefined) delete result[key];
      else setField(result, key, made);
    } else if (rule.kind === 'fields') {
      setField(result, key, addInto(getField(doc, key), rule.rules, scope));
    }
  }
  return result;
}

function addInto(value: Value | undefined, rules: Map<string, Rule>, scope: Scope): Value {
  if (Array.isArray(value)) return value.map((item) => addInto(item, rules, scope));
  return addRules(isDocument(value) ? value : {}, rules, scope);
}
