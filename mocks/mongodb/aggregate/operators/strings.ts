import type { BSONRegExp } from 'bson';
import { compareStrings } from '../../bson/compare.ts';
import { typeOf } from '../../bson/typeOf.ts';
import type { Doc, Value } from '../../bson/value.ts';
import { CommandError } from '../../errors.ts';
import { compileRegex } from '../../query/regex.ts';
import type { Compiler, OperatorCompiler, Scope } from '../expression.ts';
import { stringOf } from './conversion.ts';
import { integerOr, isNullish, named, typeName } from './helpers.ts';

function text(op: string, value: Value | undefined, code = 34471, role = 'argument'): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  const type = typeOf(value);
  if (
    type === 'date' ||
    type === 'int' ||
    type === 'long' ||
    type === 'double' ||
    type === 'decimal' ||
    type === 'symbol'
  )
    return stringOf(value);
  throw new CommandError(code, `${op} requires a string ${role}, found: ${typeName(value)}`);
}

/** ASCII only, as MongoDB's $toUpper and $toLower. */
const upper = (value: string) => value.replace(/[a-z]/g, (letter) => letter.toUpperCase());
const lower = (value: string) => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const simple =
  (apply: (value: string) => Value, code: number): OperatorCompiler =>
  (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => apply(text(op, part!(scope), code));
  };

const strict = (op: string, value: Value | undefined, code: number): string => {
  if (typeof value !== 'string')
    throw new CommandError(code, `${op} requires a string argument, found: ${typeName(value)}`);
  return value;
};

const concat: OperatorCompiler = (value, compiler) => {
  const parts = (Array.isArray(value) ? value : [value]).map((item) => compiler.compile(item));
  return (scope) => {
    let all = '';
    for (const part of parts) {
      const item = part(scope);
      if (isNullish(item)) return null;
      if (typeof item !== 'string')
        throw new CommandError(16702, `$concat only supports strings, not ${typeName(item)}`);
      all += item;
    }
    return all;
  };
};

const substrBytes: OperatorCompiler = (value, compiler, op) => {
  const [source, start, length] = compiler.operands(op, value, 3);
  return (scope) => {
    const bytes = Buffer.from(text(op, source!(scope), 16034), 'utf8');
    const from = integerOr(start!(scope), 16034, `${op}: starting index must be a numeric type`);
    const size = integerOr(length!(scope), 16035, `${op}: length must be a numeric type`);
    if (from < 0) throw new CommandError(50752, `${op}: starting index must be non-negative (got: ${from})`);
    if (((bytes[from] ?? 0) & 0xc0) === 0x80)
      throw new CommandError(28656, `${op}: Invalid range, starting index is a UTF-8 continuation byte.`);
    const end = size < 0 ? bytes.length : Math.min(bytes.length, from + size);
    if (((bytes[end] ?? 0) & 0xc0) === 0x80)
      throw new CommandError(
        28657,
        `${op}: Invalid range, ending index is in the middle of a UTF-8 character.`,
      );
    return bytes.subarray(from, end).toString('utf8');
  };
};

const substrCP: OperatorCompiler = (value, compiler, op) => {
  const [source, start, length] = compiler.operands(op, value, 3);
  return (scope) => {
    const points = [...text(op, source!(scope), 34450)];
    const from = integerOr(start!(scope), 34450, `${op}: starting index must be a numeric type`);
    const size = integerOr(length!(scope), 34452, `${op}: length must be a numeric type`);
    if (from < 0) throw new CommandError(34455, `${op}: the starting index must be nonnegative integer.`);
    if (size < 0) throw new CommandError(34454, `${op}: length must be a nonnegative integer.`);
    return points.slice(from, from + size).join('');
  };
};

const indexOf =
  (bytes: boolean): OperatorCompiler =>
  (value, compiler, op) => {
    const [source, wanted, start, end] = compiler.operands(op, value, 2, 4);
    return (scope) => {
      const item = source!(scope);
      if (isNullish(item)) return null;
      const inner = strict(op, wanted!(scope), 40094);
      const from = start ? integerOr(start(scope), 40096, `${op} requires an integral starting index`) : 0;
      const units = bytes
        ? [...Buffer.from(strict(op, item, 40093))].map((b) => String.fromCharCode(b))
        : [...strict(op, item, 40093)];
      const find = bytes ? [...Buffer.from(inner)].map((b) => String.fromCharCode(b)) : [...inner];
      const to = end ? integerOr(end(scope), 40096, `${op} requires an integral ending index`) : units.length;
      for (let i = from; i + find.length <= Math.min(to, units.length); i++) {
        if (find.every((unit, j) => units[i + j] === unit)) return i;
      }
      return -1;
    };
  };

const trim =
  (left: boolean, right: boolean): OperatorCompiler =>
  (value, compiler, op) => {
    const { input, chars } = named(op, value, compiler, ['input'], ['chars']);
    return (scope) => {
      const item = input!(scope);
      if (isNullish(item)) return null;
      const given = chars ? chars(scope) : undefined;
      if (chars && isNullish(given)) return null;
      if (typeof item !== 'string')
        throw new CommandError(
          50699,
          `${op} requires its input to be a string, got ${typeName(item)} instead.`,
        );
      const set = given === undefined ? undefined : new Set(strict(op, given, 50700));
      const drop = (char: string) => (set ? set.has(char) : /[\0\s\u00a0\u1680\u2000-\u200a]/.test(char));
      const points = [...item];
      let a = 0;
      let b = points.length;
      if (left) while (a < b && drop(points[a]!)) a++;
      if (right) while (b > a && drop(points[b - 1]!)) b--;
      return points.slice(a, b).join('');
    };
  };

const replace =
  (all: boolean): OperatorCompiler =>
  (value, compiler, op) => {
    const { input, find, replacement } = named(op, value, compiler, ['input', 'find', 'replacement']);
    return (scope) => {
      const values = [input!(scope), find!(scope), replacement!(scope)];
      if (values.some(isNullish)) return null;
      const [source, wanted, other] = values.map((item) => strict(op, item, 51746));
      return all ? source!.split(wanted!).join(other!) : source!.replace(wanted!, () => other!);
    };
  };

interface Matcher {
  regex(scope: Scope): RegExp | undefined;
  input(scope: Scope): string | undefined;
}

function matcher(op: string, value: Value, compiler: Compiler): Matcher {
  const parts = named(op, value, compiler, ['input', 'regex'], ['options']);
  return {
    input(scope) {
      const item = parts['input']!(scope);
      return isNullish(item) ? undefined : strict(op, item, 51104);
    },
    regex(scope) {
      const item = parts['regex']!(scope);
      if (isNullish(item)) return undefined;
      const options = parts['options']?.(scope);
      const given = typeof options === 'string' ? options : '';
      if (typeof item === 'string') return compileRegex(item, given);
      if (typeOf(item) !== 'regex')
        throw new CommandError(51105, `${op} needs 'regex' to be of type string or regex`);
      return compileRegex((item as BSONRegExp).pattern, (item as BSONRegExp).options || given);
    },
  };
}

function matchDocument(match: RegExpMatchArray): Doc {
  return {
    match: match[0],
    idx: [...match.input!.slice(0, match.index)].length,
    captures: match.slice(1).map((part): Value => part ?? null),
  };
}

const regex =
  (apply: (input: string, pattern: RegExp) => Value, none: Value): OperatorCompiler =>
  (value, compiler, op) => {
    const parts = matcher(op, value, compiler);
    return (scope) => {
      const input = parts.input(scope);
      const pattern = parts.regex(scope);
      return input === undefined || !pattern ? none : apply(input, pattern);
    };
  };

export const stringOperators: Record<string, OperatorCompiler> = {
  $concat: concat,
  $toUpper: simple(upper, 16997),
  $toLower: simple(lower, 16997),
  $substr: substrBytes,
  $substrBytes: substrBytes,
  $substrCP: substrCP,
  $strLenBytes: (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => Buffer.byteLength(strict(op, part!(scope), 34473));
  },
  $strLenCP: (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => [...strict(op, part!(scope), 34471)].length;
  },
  $strcasecmp: (value, compiler, op) => {
    const [left, right] = compiler.operands(op, value, 2);
    return (scope) => compareStrings(upper(text(op, left!(scope))), upper(text(op, right!(scope))));
  },
  $split: (value, compiler, op) => {
    const [source, separator] = compiler.operands(op, value, 2);
    return (scope) => {
      const item = source!(scope);
      const by = separator!(scope);
      if (isNullish(item) || isNullish(by)) return null;
      if (typeof item !== 'string')
        throw new CommandError(
          40085,
          `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(item)}`,
        );
      if (typeof by !== 'string')
        throw new CommandError(
          40086,
          `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(by)}`,
        );
      if (by === '') throw new CommandError(40087, '$split requires a non-empty separator');
      return item.split(by);
    };
  },
  $indexOfBytes: indexOf(true),
  $indexOfCP: indexOf(false),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $regexMatch: regex((input, pattern) => pattern.test(input), false),
  $regexFind: regex((input, pattern) => {
    const match = pattern.exec(input);
    return match ? matchDocument(match) : null;
  }, null),
  $regexFindAll: regex(
    (input, pattern) =>
      [...input.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].map(matchDocument),
    [],
  ),
};
