import { compileExpression } from '../aggregate/expression.ts';
import { truthy } from '../aggregate/truthy.ts';
import { typeOf } from '../bson/typeOf.ts';
import { asNumber, type Doc, getField, isDocument, type Value } from '../bson/value.ts';
import { badValue, CommandError, failedToParse, notImplemented } from '../errors.ts';
import { type LeafTest, leafTest } from './leaf.ts';
import { type Found, walkPath } from './path.ts';

/** A compiled piece of a filter. Leaves keep path, operator and operand for the planner. */
export type Node =
  | { kind: 'and' | 'or' | 'nor'; children: Node[] }
  | { kind: 'leaf'; path: string; parts: string[]; op: string; value: Value; test: LeafTest; whole: boolean }
  | { kind: 'not'; child: Node }
  | {
      kind: 'elemMatch';
      path: string;
      parts: string[];
      test: (element: Value) => boolean;
      inner: Node | undefined;
    }
  | { kind: 'expr'; test: (doc: Doc) => boolean; roots: string[] | undefined }
  | { kind: 'constant'; value: boolean };

/** Where the positional operator `$` points: the index of the array element that matched. */
export interface Position {
  index: number | undefined;
}

/** Variables an expression in the filter may read (`let` of the command or of a $lookup). */
export type Variables = ReadonlyMap<string, Value | undefined>;

export class Filter {
  readonly source: Doc;
  readonly node: Node;
  /** The top-level fields the filter looks at, so that only those need decoding; undefined = all. */
  readonly roots: ReadonlySet<string> | undefined;

  constructor(source: Doc, node: Node) {
    this.source = source;
    this.node = node;
    const roots = new Set<string>();
    this.roots = collectRoots(node, roots) ? roots : undefined;
  }

  get isEmpty(): boolean {
    return this.node.kind === 'and' && this.node.children.length === 0;
  }

  matches(doc: Doc, position?: Position): boolean {
    return matchNode(this.node, doc, position);
  }
}

export function compileFilter(source: Doc, variables?: Variables): Filter {
  return new Filter(source, compileDocument(source, variables));
}

function collectRoots(node: Node, roots: Set<string>): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'nor':
      return node.children.every((child) => collectRoots(child, roots));
    case 'not':
      return collectRoots(node.child, roots);
    case 'leaf':
    case 'elemMatch':
      roots.add(node.parts[0]!);
      return true;
    case 'expr':
      for (const root of node.roots ?? []) roots.add(root);
      return node.roots !== undefined;
    case 'constant':
      return true;
  }
}

export function matchNode(node: Node, doc: Doc, position?: Position): boolean {
  switch (node.kind) {
    case 'and':
      for (const child of node.children) if (!matchNode(child, doc, position)) return false;
      return true;
    case 'or':
      for (const child of node.children) if (matchNode(child, doc, position)) return true;
      return false;
    case 'nor':
      for (const child of node.children) if (matchNode(child, doc)) return false;
      return true;
    case 'not':
      return !matchNode(node.child, doc);
    case 'leaf':
      return matchLeaf(node, doc, position);
    case 'elemMatch':
      return matchElement(node, doc, position);
    case 'expr':
      return node.test(doc);
    case 'constant':
      return node.value;
  }
}

function matchLeaf(node: Extract<Node, { kind: 'leaf' }>, doc: Doc, position?: Position): boolean {
  if (node.parts.length === 1) {
    const value = getField(doc, node.path);
    if (!Array.isArray(value)) return node.test(value);
  }
  const found: Found = { index: undefined };
  if (!walkPath(doc, node.parts, 0, node.test, !node.whole, found)) return false;
  if (position && found.index !== undefined) position.index = found.index;
  return true;
}

/** Matches one value itself, without looking into it where it is an array. */
function matchValue(node: Node, value: Value): boolean {
  switch (node.kind) {
    case 'and':
      return node.children.every((child) => matchValue(child, value));
    case 'or':
      return node.children.some((child) => matchValue(child, value));
    case 'nor':
      return !node.children.some((child) => matchValue(child, value));
    case 'not':
      return !matchValue(node.child, value);
    case 'leaf':
      return node.test(value);
    case 'elemMatch':
      return Array.isArray(value) && value.some(node.test);
    case 'expr':
      return false;
    case 'constant':
      return node.value;
  }
}

function matchElement(node: Extract<Node, { kind: 'elemMatch' }>, doc: Doc, position?: Position): boolean {
  const found: Found = { index: undefined };
  let at: number | undefined;
  const test = (value: Value | undefined) => {
    if (!Array.isArray(value)) return false;
    const index = value.findIndex((item) => node.test(item));
    if (index < 0) return false;
    at = index;
    return true;
  };
  if (!walkPath(doc, node.parts, 0, test, false, found)) return false;
  if (position) position.index = found.index ?? at;
  return true;
}

/** Top-level operators that MongoDB has and this server has not. */
const unsupportedTop = new Set(['$where', '$text', '$jsonSchema']);
const unsupportedField = new Set([
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$within',
  '$geoNear',
  '$maxDistance',
  '$minDistance',
]);

function compileDocument(source: Doc, variables: Variables | undefined): Node {
  const children: Node[] = [];
  for (const key of Object.keys(source)) {
    const value = source[key]!;
    if (key.startsWith('$')) {
      const node = compileTop(key, value, variables);
      if (node) children.push(node);
    } else children.push(...compileField(key, value, variables));
  }
  if (children.length === 1) return children[0]!;
  return { kind: 'and', children };
}

function compileTop(key: string, value: Value, variables: Variables | undefined): Node | undefined {
  switch (key) {
    case '$and':
    case '$or':
    case '$nor': {
      if (!Array.isArray(value))
        throw badValue(`${key} argument must be an array, but got: ${typeOf(value)}`);
      if (value.length === 0) throw badValue('$and/$or/$nor must be a nonempty array');
      const children = value.map((item) => {
        if (!isDocument(item)) throw badValue('$or/$and/$nor entries need to be full objects');
        return compileDocument(item, variables);
      });
      return { kind: key.slice(1) as 'and' | 'or' | 'nor', children };
    }
    case '$expr': {
      const names = variables ?? new Map<string, Value | undefined>();
      const expression = compileExpression(value, names.keys());
      return {
        kind: 'expr',
        test: (doc) => truthy(expression.evaluate({ root: doc, current: doc, variables: names })),
        roots: expression.roots,
      };
    }
    case '$comment':
      return undefined;
    case '$alwaysTrue':
      return { kind: 'constant', value: true };
    case '$alwaysFalse':
      return { kind: 'constant', value: false };
    case '$sampleRate':
      throw notImplemented('$sampleRate');
  }
  if (key === '$text') throw new CommandError(27, 'text index required for $text query');
  if (unsupportedTop.has(key)) throw notImplemented(key);
  throw badValue(
    `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
}

export function isOperatorDocument(value: Value): value is Doc {
  if (!isDocument(value)) return false;
  const [first] = Object.keys(value);
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

function leaf(path: string, op: string, value: Value, whole = false, extra?: Value): Node {
  return { kind: 'leaf', path, parts: path.split('.'), op, value, test: leafTest(op, value, extra), whole };
}

function compileField(path: string, value: Value, variables: Variables | undefined): Node[] {
  if (!isOperatorDocument(value)) {
    return [leaf(path, typeOf(value) === 'regex' ? '$regex' : '$eq', value)];
  }
  const nodes: Node[] = [];
  for (const op of Object.keys(value)) {
    const node = compileOperator(path, op, value[op]!, value, variables);
    if (node) nodes.push(node);
  }
  return nodes;
}

function compileOperator(
  path: string,
  op: string,
  operand: Value,
  all: Doc,
  variables: Variables | undefined,
): Node | undefined {
  switch (op) {
    case '$eq':
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (typeOf(operand) === 'regex' && op !== '$eq')
        throw badValue(`Can't have RegEx as arg to predicate over field '${path}'.`);
      return leaf(path, op, operand);
    case '$in':
      return leaf(path, '$in', operand);
    case '$ne':
      if (typeOf(operand) === 'regex') throw badValue("Can't have regex as arg to $ne.");
      return { kind: 'not', child: leaf(path, '$eq', operand) };
    case '$nin':
      if (!Array.isArray(operand)) throw badValue('$nin needs an array');
      return { kind: 'not', child: leaf(path, '$in', operand) };
    case '$exists': {
      const node = leaf(path, '$exists', true, true);
      return truthy(operand) ? node : { kind: 'not', child: node };
    }
    case '$type':
    case '$mod':
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return leaf(path, op, operand);
    case '$regex':
      return leaf(path, '$regex', operand, false, all['$options']);
    case '$options':
      if (all['$regex'] === undefined) throw badValue('$options needs a $regex');
      return undefined;
    case '$size':
      return leaf(path, '$size', operand, true);
    case '$all':
      return compileAll(path, operand, variables);
    case '$elemMatch':
      return compileElemMatch(path, operand, variables);
    case '$not': {
      if (typeOf(operand) === 'regex') return { kind: 'not', child: leaf(path, '$regex', operand) };
      if (!isDocument(operand)) throw badValue('$not needs a regex or a document');
      if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
      if (!isOperatorDocument(operand)) throw badValue(`unknown operator: ${Object.keys(operand)[0]}`);
      return { kind: 'not', child: { kind: 'and', children: compileField(path, operand, variables) } };
    }
    case '$comment':
      return undefined;
  }
  if (unsupportedField.has(op)) throw notImplemented(op);
  throw badValue(`unknown operator: ${op}`);
}

function compileAll(path: string, operand: Value, variables: Variables | undefined): Node {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return { kind: 'constant', value: false };
  const children = operand.map((item): Node => {
    if (isOperatorDocument(item)) {
      const [op] = Object.keys(item);
      if (op !== '$elemMatch') throw badValue(`no $ expressions in $all`);
      return compileElemMatch(path, item['$elemMatch']!, variables);
    }
    return leaf(path, typeOf(item) === 'regex' ? '$regex' : '$eq', item);
  });
  return { kind: 'and', children };
}

function compileElemMatch(path: string, operand: Value, variables: Variables | undefined): Node {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const parts = path.split('.');
  const [first] = Object.keys(operand);
  const logical =
    first === '$and' || first === '$or' || first === '$nor' || first === '$expr' || first === '$where';
  if (isOperatorDocument(operand) && !logical) {
    // Value form: the operators are applied to the element itself, as if it were a field.
    const nodes = compileField('v', operand, variables);
    const inner: Node = { kind: 'and', children: nodes };
    return {
      kind: 'elemMatch',
      path,
      parts,
      inner: undefined,
      test: (item) => matchValue(inner, item),
    };
  }
  if (first === '$expr' || first === '$where')
    throw badValue(`${first} can only be applied to the top-level document`);
  const inner = compileDocument(operand, variables);
  return {
    kind: 'elemMatch',
    path,
    parts,
    inner,
    // An array element is matched as a document whose fields are its positions.
    test: (item) =>
      isDocument(item)
        ? matchNode(inner, item)
        : Array.isArray(item)
          ? matchNode(inner, { ...item } as unknown as Doc)
          : false,
  };
}

/** A count given by a client: a whole number that is not negative. */
export function wholeNumber(value: Value | undefined, name: string): number {
  const number = asNumber(value);
  if (number === undefined) throw failedToParse(`Expected a number in: ${name}`);
  if (!Number.isInteger(number)) throw failedToParse(`Expected an integer: ${name}: ${number}`);
  if (number < 0)
    throw new CommandError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  return number;
}
