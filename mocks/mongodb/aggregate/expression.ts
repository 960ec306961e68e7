import { type Doc, getField, isDocument, setField, type Value } from '../bson/value.ts';
import { CommandError, failedToParse, notImplemented } from '../errors.ts';
import { accumulateOperators } from './operators/accumulate.ts';
import { arithmeticOperators } from './operators/arithmetic.ts';
import { arrayOperators } from './operators/arrays.ts';
import { comparisonOperators } from './operators/comparison.ts';
import { conversionOperators } from './operators/conversion.ts';
import { dateOperators } from './operators/dates.ts';
import { objectOperators } from './operators/objects.ts';
import { setOperators } from './operators/sets.ts';
import { stringOperators } from './operators/strings.ts';

/** What an expression is evaluated against. */
export interface Scope {
  root: Doc;
  current: Value;
  variables: ReadonlyMap<string, Value | undefined>;
}

export type Evaluate = (scope: Scope) => Value | undefined;

export interface Expression {
  evaluate: Evaluate;
  /** Top-level fields read; undefined when it may read any. */
  roots: string[] | undefined;
}

/** Compiles parts of an operator's argument, with the fields they read noted. */
export interface Compiler {
  compile(value: Value): Evaluate;
  /** The operands of an operator, one or a list, checked against the number allowed. */
  operands(op: string, value: Value, least: number, most?: number): Evaluate[];
  /** Notes that a variable is bound inside, so that its use is legal there. */
  withVariables<T>(names: string[], inner: () => T): T;
}

export type OperatorCompiler = (value: Value, compiler: Compiler, op: string) => Evaluate;

const operators = new Map<string, OperatorCompiler>([
  ...Object.entries(arithmeticOperators),
  ...Object.entries(arrayOperators),
  ...Object.entries(accumulateOperators),
  ...Object.entries(comparisonOperators),
  ...Object.entries(conversionOperators),
  ...Object.entries(dateOperators),
  ...Object.entries(objectOperators),
  ...Object.entries(setOperators),
  ...Object.entries(stringOperators),
]);

/** Operators of MongoDB 7 that are not here; anything else unknown is an error of the client. */
const absent = new Set([
  '$function',
  '$accumulator',
  '$meta',
  '$sampleRate',
  '$toHashedIndexKey',
  '$bitAnd',
  '$bitOr',
  '$bitXor',
  '$bitNot',
  '$tsSecond',
  '$tsIncrement',
  '$binarySize',
  '$percentile',
  '$median',
]);

/** Whether MongoDB knows an expression operator of this name. */
export function isOperator(name: string): boolean {
  return operators.has(name) || absent.has(name) || name === '$literal' || name === '$const';
}

class Compilation implements Compiler {
  readonly roots = new Set<string>();
  readsAll = false;
  private readonly bound: Set<string> | undefined;
  private readonly local: string[] = [];

  constructor(bound?: Set<string>) {
    this.bound = bound;
  }

  compile(value: Value): Evaluate {
    if (typeof value === 'string' && value.startsWith('$')) return this.path(value);
    if (Array.isArray(value)) {
      const items = value.map((item) => this.compile(item));
      return (scope) => items.map((item) => item(scope) ?? null);
    }
    if (!isDocument(value)) return () => value;
    const names = Object.keys(value);
    const op = names.find((name) => name.startsWith('$'));
    if (op === undefined) return this.object(value);
    if (names.length !== 1) {
      if (names[0] === op)
        throw new CommandError(
          15983,
          `Object must have exactly one field when it is an expression: ${names.join(', ')}`,
        );
      throw new CommandError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
    if (op === '$literal' || op === '$const') {
      const literal = value[op]!;
      return () => literal;
    }
    const compile = operators.get(op);
    if (compile) return compile(value[op]!, this, op);
    if (absent.has(op)) throw notImplemented(op);
    throw new CommandError(168, `Unrecognized expression '${op}'`);
  }

  private object(value: Doc): Evaluate {
    const fields = Object.keys(value).map((name) => {
      if (name.includes('.'))
        throw new CommandError(
          16412,
          `FieldPath field names may not contain '.'. Consider using $getField or $setField.`,
        );
      return [name, this.compile(value[name]!)] as const;
    });
    return (scope) => {
      const result: Doc = {};
      for (const [name, evaluate] of fields) {
        const item = evaluate(scope);
        if (item !== undefined) setField(result, name, item);
      }
      return result;
    };
  }

  private path(text: string): Evaluate {
    if (!text.startsWith('$$')) {
      const parts = fieldPath(text.slice(1));
      this.roots.add(parts[0]!);
      if (parts.length === 1) {
        const name = parts[0]!;
        return (scope) => (isDocument(scope.current) ? getField(scope.current, name) : undefined);
      }
      return (scope) => followPath(scope.current, parts, 0);
    }
    const [name, ...rest] = fieldPath(text.slice(2));
    switch (name) {
      case 'ROOT':
        this.note(rest);
        return (scope) => followPath(scope.root, rest, 0);
      case 'CURRENT':
        this.note(rest);
        return (scope) => followPath(scope.current, rest, 0);
      case 'REMOVE':
        return () => undefined;
      case 'NOW':
        return (scope) => followPath(scope.variables.get('NOW') ?? new Date(), rest, 0);
      case 'CLUSTER_TIME':
      case 'SEARCH_META':
      case 'USER_ROLES':
        throw notImplemented(`$$${name}`);
    }
    if (
      !/^[a-z\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*$/.test(name!) &&
      name !== 'DESCEND' &&
      name !== 'PRUNE' &&
      name !== 'KEEP'
    ) {
      throw failedToParse(`'${name}' starts with an invalid character for a user variable name`);
    }
    if (!this.local.includes(name!) && this.bound && !this.bound.has(name!)) {
      throw new CommandError(17276, `Use of undefined variable: ${name}`);
    }
    return (scope) => followPath(scope.variables.get(name!), rest, 0);
  }

  private note(rest: string[]): void {
    if (rest[0] === undefined) this.readsAll = true;
    else this.roots.add(rest[0]);
  }

  operands(op: string, value: Value, least: number, most = least): Evaluate[] {
    const list = Array.isArray(value) ? value : [value];
    if (list.length < least || list.length > most) {
      if (least === most) {
        throw new CommandError(
          16020,
          `Expression ${op} takes exactly ${least} arguments. ${list.length} were passed in.`,
        );
      }
      throw new CommandError(
        28667,
        `Expression ${op} takes at least ${least} arguments, and at most ${most}, but ${list.length} were passed in.`,
      );
    }
    return list.map((item) => this.compile(item));
  }

  withVariables<T>(names: string[], inner: () => T): T {
    this.local.push(...names);
    try {
      return inner();
    } finally {
      this.local.length -= names.length;
    }
  }
}

/** Parses an expression. With `bound`, variables other than those are refused. */
export function compileExpression(value: Value, bound?: Iterable<string>): Expression {
  const compilation = new Compilation(bound ? new Set(bound) : undefined);
  const evaluate = compilation.compile(value);
  return { evaluate, roots: compilation.readsAll ? undefined : [...compilation.roots] };
}

function fieldPath(text: string): string[] {
  if (text === '') throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
  const parts = text.split('.');
  for (const part of parts) {
    if (part === '') throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$'))
      throw new CommandError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
  }
  return parts;
}

/** A path through arrays gives the array of what is found in their documents; positions are not looked up. */
export function followPath(value: Value | undefined, parts: string[], at: number): Value | undefined {
  if (at === parts.length || value === undefined) return value;
  if (isDocument(value)) return followPath(getField(value, parts[at]!), parts, at + 1);
  if (!Array.isArray(value)) return undefined;
  const found: Value[] = [];
  for (const item of value) {
    const inner = isDocument(item) ? followPath(item, parts, at) : undefined;
    if (inner !== undefined) found.push(inner);
  }
  return found;
}
