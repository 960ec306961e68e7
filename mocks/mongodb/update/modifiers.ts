import { Timestamp } from 'bson';
import { add, multiply, type Numeric } from '../bson/arithmetic.ts';
import { compare, equal } from '../bson/compare.ts';
import { show } from '../bson/show.ts';
import { typeOf } from '../bson/typeOf.ts';
import { asNumber, clone, type Doc, isDocument, isNumeric, type Value } from '../bson/value.ts';
import { badValue, CommandError, failedToParse } from '../errors.ts';
import { compileFilter, isOperatorDocument } from '../query/filter.ts';
import { lookup } from '../query/path.ts';
import { parseSort } from '../query/sort.ts';

/** What a modifier works with besides the present value. */
export interface Context {
  field: string;
  id: Value | undefined;
}

/**
 * A modifier for one path: from the present value (undefined = missing) to the new one. Returning the argument
 * itself means no change. `onMissing: 'skip'` leaves missing fields alone.
 */
export interface Modifier {
  onMissing: 'create' | 'skip';
  change(current: Value | undefined, context: Context): Value | undefined;
}

const idOf = (context: Context) => `{_id: ${show(context.id ?? null)}}`;

export function compileModifier(op: string, path: string, operand: Value): Modifier {
  switch (op) {
    case '$set':
    case '$setOnInsert':
      return { onMissing: 'create', change: () => clone(operand) };
    case '$inc':
    case '$mul':
      return arithmetic(op, path, operand);
    case '$min':
      return {
        onMissing: 'create',
        change: (now) => (now === undefined || compare(operand, now) < 0 ? clone(operand) : now),
      };
    case '$max':
      return {
        onMissing: 'create',
        change: (now) => (now === undefined || compare(operand, now) > 0 ? clone(operand) : now),
      };
    case '$currentDate':
      return currentDate(path, operand);
    case '$bit':
      return bit(path, operand);
    case '$push':
      return push(operand);
    case '$addToSet':
      return addToSet(operand);
    case '$pull':
      return pull(operand);
    case '$pullAll':
      return pullAll(operand);
    case '$pop':
      return pop(path, operand);
    default:
      throw failedToParse(
        `Unknown modifier: ${op}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
  }
}

function arithmetic(op: string, path: string, operand: Value): Modifier {
  if (!isNumeric(operand)) {
    const verb = op === '$inc' ? 'increment' : 'multiply';
    throw new CommandError(14, `Cannot ${verb} with non-numeric argument: {${path}: ${show(operand)}}`);
  }
  return {
    onMissing: 'create',
    change(now, context) {
      if (now === undefined) return op === '$inc' ? operand : multiply(operand, 0)!;
      if (!isNumeric(now)) {
        throw new CommandError(
          14,
          `Cannot apply ${op} to a value of non-numeric type. ${idOf(context)} has the field '${context.field}' of non-numeric type ${typeOf(now)}`,
        );
      }
      const result =
        op === '$inc'
          ? add(now as Numeric, operand, 'undefined')
          : multiply(now as Numeric, operand, 'undefined');
      if (result === undefined) {
        throw badValue(
          `Failed to apply ${op} operations to current value (${show(now)}) for document ${idOf(context)}`,
        );
      }
      return result;
    },
  };
}

function currentDate(path: string, operand: Value): Modifier {
  const now = () => new Date();
  if (typeof operand === 'boolean') return { onMissing: 'create', change: now };
  if (isDocument(operand) && Object.keys(operand).length === 1) {
    if (operand['$type'] === 'date') return { onMissing: 'create', change: now };
    if (operand['$type'] === 'timestamp') {
      return { onMissing: 'create', change: () => new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }) };
    }
    throw badValue(
      `The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}`,
    );
  }
  throw badValue(
    `${show(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}). (${path})`,
  );
}

function bit(path: string, operand: Value): Modifier {
  if (!isDocument(operand) || Object.keys(operand).length === 0) {
    throw badValue(
      `The $bit modifier is not compatible with a ${typeOf(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = Object.entries(operand);
  for (const [name, value] of steps) {
    if (name !== 'and' && name !== 'or' && name !== 'xor') {
      throw badValue(
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${show(value)}}`,
      );
    }
    if (typeOf(value) !== 'int' && typeOf(value) !== 'long') {
      throw badValue(
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeOf(value)}' is not supported here: {${name}: ${show(value)}}`,
      );
    }
  }
  return {
    onMissing: 'create',
    change(now, context) {
      const start = now ?? 0;
      const type = typeOf(start);
      if (type !== 'int' && type !== 'long') {
        throw badValue(
          `Cannot apply $bit to a value of non-integral type.${idOf(context)} has the field ${context.field} of non-integer type ${type} (${path})`,
        );
      }
      let wide = type === 'long';
      let result = BigInt(start as number);
      for (const [name, value] of steps) {
        wide ||= typeof value === 'bigint';
        const mask = BigInt(value as number);
        result = name === 'and' ? result & mask : name === 'or' ? result | mask : result ^ mask;
      }
      return wide ? BigInt.asIntN(64, result) : Number(result);
    },
  };
}

function eachOf(operand: Value): Doc | undefined {
  return isDocument(operand) &&
    operand['$each'] !== undefined &&
    Object.keys(operand).some((key) => key.startsWith('$'))
    ? operand
    : undefined;
}

function push(operand: Value): Modifier {
  const clauses = eachOf(operand);
  const items = clauses ? clauses['$each'] : [operand];
  if (!Array.isArray(items))
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeOf(items!)}`);
  let slice: number | undefined;
  let position: number | undefined;
  let sort: ((a: Value, b: Value) => number) | undefined;
  for (const [name, value] of Object.entries(clauses ?? {})) {
    if (name === '$each') continue;
    if (name === '$slice') slice = whole('$slice', value);
    else if (name === '$position') position = whole('$position', value);
    else if (name === '$sort') sort = pushSort(value);
    else throw badValue(`Unrecognized clause in $push: ${name}`);
  }
  return {
    onMissing: 'create',
    change(now, context) {
      if (now !== undefined && !Array.isArray(now)) {
        throw badValue(
          `The field '${context.field}' must be an array but is of type ${typeOf(now)} in document ${idOf(context)}`,
        );
      }
      const list = now ? [...now] : [];
      let at = list.length;
      if (position !== undefined)
        at = position >= 0 ? Math.min(position, list.length) : Math.max(0, list.length + position);
      list.splice(at, 0, ...items.map(clone));
      if (sort) list.sort(sort);
      if (slice === undefined) return list;
      return slice >= 0 ? list.slice(0, slice) : list.slice(slice);
    },
  };
}

function whole(name: string, value: Value): number {
  const number = asNumber(value);
  if (number === undefined || !Number.isInteger(number)) {
    throw badValue(`The value for ${name} must be an integer value but was given type: ${typeOf(value)}`);
  }
  return number;
}

function pushSort(value: Value): (a: Value, b: Value) => number {
  if (isNumeric(value)) {
    const direction = asNumber(value)!;
    if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
    return (a, b) => compare(a, b) * direction;
  }
  if (!isDocument(value) || Object.keys(value).length === 0) {
    throw badValue(
      `The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields`,
    );
  }
  const order = parseSort(value);
  return (a, b) => {
    for (const { path, direction } of order) {
      const x = isDocument(a) ? (lookup(a, path.split('.')) ?? null) : null;
      const y = isDocument(b) ? (lookup(b, path.split('.')) ?? null) : null;
      const result = compare(x, y);
      if (result !== 0) return result * direction;
    }
    return 0;
  };
}

function addToSet(operand: Value): Modifier {
  const clauses = eachOf(operand);
  const items = clauses ? clauses['$each']! : [operand];
  if (!Array.isArray(items)) {
    throw new CommandError(
      14,
      `The argument to $each in $addToSet must be an array but it was of type ${typeOf(items)}`,
    );
  }
  const extra = Object.keys(clauses ?? {}).find((name) => name !== '$each');
  if (extra) throw badValue(`Found unexpected fields after $each in $addToSet: ${show(operand)}`);
  return {
    onMissing: 'create',
    change(now, context) {
      if (now !== undefined && !Array.isArray(now)) {
        throw badValue(
          `Cannot apply $addToSet to non-array field. Field named '${context.field}' has non-array type ${typeOf(now)}`,
        );
      }
      const list = now ? [...now] : [];
      for (const item of items) if (!list.some((have) => equal(have, item))) list.push(clone(item));
      return now && list.length === now.length ? now : list;
    },
  };
}

function pull(operand: Value): Modifier {
  const doomed = pullTest(operand);
  return {
    onMissing: 'skip',
    change(now) {
      if (!Array.isArray(now)) throw badValue('Cannot apply $pull to a non-array value');
      const list = now.filter((item) => !doomed(item));
      return list.length === now.length ? now : list;
    },
  };
}

function pullTest(operand: Value): (item: Value) => boolean {
  if (isOperatorDocument(operand) || typeOf(operand) === 'regex') {
    const filter = compileFilter({ v: operand });
    return (item) => filter.matches({ v: item });
  }
  if (isDocument(operand)) {
    const filter = compileFilter(operand);
    return (item) => isDocument(item) && filter.matches(item);
  }
  return (item) => equal(item, operand);
}

function pullAll(operand: Value): Modifier {
  if (!Array.isArray(operand))
    throw badValue(`$pullAll requires an array argument but was given a ${typeOf(operand)}`);
  return {
    onMissing: 'skip',
    change(now) {
      if (!Array.isArray(now)) throw badValue('Cannot apply $pull to a non-array value');
      const list = now.filter((item) => !operand.some((value) => equal(value, item)));
      return list.length === now.length ? now : list;
    },
  };
}

function pop(path: string, operand: Value): Modifier {
  const end = asNumber(operand);
  if (end === undefined) throw failedToParse(`Expected a number in: ${path}: ${show(operand)}`);
  if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${show(operand)}`);
  return {
    onMissing: 'skip',
    change(now, context) {
      if (!Array.isArray(now)) {
        throw new CommandError(
          14,
          `Path '${context.field}' contains an element of non-array type '${typeOf(now ?? null)}'`,
        );
      }
      if (now.length === 0) return now;
      return end === 1 ? now.slice(0, -1) : now.slice(1);
    },
  };
}
