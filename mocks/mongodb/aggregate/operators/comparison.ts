import { compare } from '../../bson/compare.ts';
import { BsonUndefined, isDocument, type Value } from '../../bson/value.ts';
import { CommandError } from '../../errors.ts';
import type { OperatorCompiler } from '../expression.ts';
import { truthy } from '../truthy.ts';
import { isNullish } from './helpers.ts';

/** Missing sorts before everything but MinKey, as undefined does. */
const orMissing = (value: Value | undefined): Value => value ?? BsonUndefined.instance;

function comparing(holds: (order: number) => Value): OperatorCompiler {
  return (value, compiler, op) => {
    const [left, right] = compiler.operands(op, value, 2);
    return (scope) => {
      const a = left!(scope);
      const b = right!(scope);
      return holds(compare(a === null ? null : orMissing(a), b === null ? null : orMissing(b)));
    };
  };
}

const list = (value: Value) => (Array.isArray(value) ? value : [value]);

export const comparisonOperators: Record<string, OperatorCompiler> = {
  $eq: comparing((order) => order === 0),
  $ne: comparing((order) => order !== 0),
  $gt: comparing((order) => order > 0),
  $gte: comparing((order) => order >= 0),
  $lt: comparing((order) => order < 0),
  $lte: comparing((order) => order <= 0),
  $cmp: comparing((order) => order),
  $and: (value, compiler) => {
    const parts = list(value).map((item) => compiler.compile(item));
    return (scope) => parts.every((part) => truthy(part(scope)));
  },
  $or: (value, compiler) => {
    const parts = list(value).map((item) => compiler.compile(item));
    return (scope) => parts.some((part) => truthy(part(scope)));
  },
  $not: (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => !truthy(part!(scope));
  },
  $cond: (value, compiler, op) => {
    let parts: Value[];
    if (isDocument(value)) {
      for (const key of Object.keys(value)) {
        if (key !== 'if' && key !== 'then' && key !== 'else')
          throw new CommandError(17083, `Unrecognized parameter to $cond: ${key}`);
      }
      if (value['if'] === undefined) throw new CommandError(17080, "Missing 'if' parameter to $cond");
      if (value['then'] === undefined) throw new CommandError(17081, "Missing 'then' parameter to $cond");
      if (value['else'] === undefined) throw new CommandError(17082, "Missing 'else' parameter to $cond");
      parts = [value['if'], value['then'], value['else']];
    } else parts = list(value);
    const [test, yes, no] = compiler.operands(op, parts, 3);
    return (scope) => (truthy(test!(scope)) ? yes!(scope) : no!(scope));
  },
  $ifNull: (value, compiler) => {
    const parts = list(value).map((item) => compiler.compile(item));
    if (parts.length < 2)
      throw new CommandError(1257300, `$ifNull needs at least two arguments, had: ${parts.length}`);
    return (scope) => {
      let item: Value | undefined;
      for (const part of parts) {
        item = part(scope);
        if (!isNullish(item)) return item;
      }
      return item;
    };
  },
  $switch: (value, compiler) => {
    if (!isDocument(value)) throw new CommandError(40060, '$switch requires an object as an argument');
    const given = value['branches'];
    if (!Array.isArray(given)) throw new CommandError(40061, "$switch expected an array for 'branches'");
    if (given.length === 0) throw new CommandError(40068, '$switch requires at least one branch');
    const branches = given.map((branch) => {
      if (!isDocument(branch)) throw new CommandError(40062, '$switch expected each branch to be an object');
      if (branch['case'] === undefined)
        throw new CommandError(40064, "$switch requires each branch have a 'case' expression");
      if (branch['then'] === undefined)
        throw new CommandError(40065, "$switch requires each branch have a 'then' expression.");
      return { test: compiler.compile(branch['case']), result: compiler.compile(branch['then']) };
    });
    const otherwise = value['default'] === undefined ? undefined : compiler.compile(value['default']);
    return (scope) => {
      for (const branch of branches) if (truthy(branch.test(scope))) return branch.result(scope);
      if (!otherwise)
        throw new CommandError(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        );
      return otherwise(scope);
    };
  },
};
