import { compare, equal } from '../../bson/compare.ts';
import { typeOf } from '../../bson/typeOf.ts';
import {
  asNumber,
  type Doc,
  integer,
  isDocument,
  isNumeric,
  setField,
  type Value,
} from '../../bson/value.ts';
import { CommandError, failedToParse } from '../../errors.ts';
import { parseSort, sortKey } from '../../query/sort.ts';
import type { OperatorCompiler, Scope } from '../expression.ts';
import { truthy } from '../truthy.ts';
import { integerOr, isNullish, named, typeName } from './helpers.ts';

function bind(scope: Scope, entries: [string, Value | undefined][]): Scope {
  return { ...scope, variables: new Map([...scope.variables, ...entries]) };
}

function arrayOf(op: string, value: Value | undefined, code: number, role = 'argument'): Value[] {
  if (!Array.isArray(value))
    throw new CommandError(code, `${op}'s ${role} must be an array, but is ${typeName(value)}`);
  return value;
}

const arrayElemAt: OperatorCompiler = (value, compiler, op) => {
  const [array, index] = compiler.operands(op, value, 2);
  return (scope) => {
    const list = array!(scope);
    const at = index!(scope);
    if (isNullish(list) || isNullish(at)) return null;
    arrayOf(op, list, 28689, 'first argument');
    const position = integerOr(
      at,
      28690,
      `$arrayElemAt's second argument must be a numeric value, but is ${typeName(at)}`,
    );
    const items = list as Value[];
    return items[position < 0 ? items.length + position : position];
  };
};

const edgeElement =
  (last: boolean): OperatorCompiler =>
  (value, compiler, op) => {
    const [array] = compiler.operands(op, value, 1);
    return (scope) => {
      const list = array!(scope);
      if (isNullish(list)) return null;
      return arrayOf(op, list, 28689).at(last ? -1 : 0);
    };
  };

const filter: OperatorCompiler = (value, compiler, op) => {
  if (!isDocument(value)) throw new CommandError(28646, '$filter only supports an object as its argument');
  const name = (value['as'] as string | undefined) ?? 'this';
  for (const key of Object.keys(value)) {
    if (!['input', 'as', 'cond', 'limit'].includes(key))
      throw new CommandError(28647, `Unrecognized parameter to ${op}: ${key}`);
  }
  if (value['input'] === undefined) throw new CommandError(28648, "Missing 'input' parameter to $filter");
  const input = compiler.compile(value['input']);
  const limit = value['limit'] === undefined ? undefined : compiler.compile(value['limit']);
  if (value['cond'] === undefined) throw new CommandError(28650, "Missing 'cond' parameter to $filter");
  const cond = compiler.withVariables([name], () => compiler.compile(value['cond']!));
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    if (!Array.isArray(list))
      throw new CommandError(28651, `input to $filter must be an array not ${typeName(list)}`);
    const most = limit ? asNumber(limit(scope) ?? null) : undefined;
    const found: Value[] = [];
    for (const item of list) {
      if (most !== undefined && found.length >= most) break;
      if (truthy(cond(bind(scope, [[name, item]])))) found.push(item);
    }
    return found;
  };
};

const map: OperatorCompiler = (value, compiler) => {
  if (!isDocument(value)) throw new CommandError(16878, '$map only supports an object as its argument');
  const name = (value['as'] as string | undefined) ?? 'this';
  if (value['input'] === undefined) throw new CommandError(16880, "Missing 'input' parameter to $map");
  if (value['in'] === undefined) throw new CommandError(16882, "Missing 'in' parameter to $map");
  const input = compiler.compile(value['input']);
  const inner = compiler.withVariables([name], () => compiler.compile(value['in']!));
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    if (!Array.isArray(list))
      throw new CommandError(16883, `input to $map must be an array not ${typeName(list)}`);
    return list.map((item) => inner(bind(scope, [[name, item]])) ?? null);
  };
};

const reduce: OperatorCompiler = (value, compiler) => {
  if (!isDocument(value)) throw new CommandError(40075, '$reduce requires an object as an argument');
  for (const key of ['input', 'initialValue', 'in']) {
    if (value[key] === undefined) throw new CommandError(40077, `$reduce requires '${key}' to be specified`);
  }
  const input = compiler.compile(value['input']!);
  const initial = compiler.compile(value['initialValue']!);
  const inner = compiler.withVariables(['this', 'value'], () => compiler.compile(value['in']!));
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    if (!Array.isArray(list))
      throw new CommandError(40080, `$reduce requires that 'input' be an array, found: ${typeName(list)}`);
    let total = initial(scope);
    for (const item of list) {
      total = inner(
        bind(scope, [
          ['this', item],
          ['value', total],
        ]),
      );
    }
    return total ?? null;
  };
};

const range: OperatorCompiler = (value, compiler, op) => {
  const [start, end, step] = compiler.operands(op, value, 2, 3);
  return (scope) => {
    const from = integerOr(start!(scope), 34443, `$range requires a numeric starting value`);
    const to = integerOr(end!(scope), 34445, `$range requires a numeric ending value`);
    const by = step ? integerOr(step(scope), 34447, `$range requires a numeric step value`) : 1;
    if (by === 0) throw new CommandError(34449, '$range requires a non-zero step value');
    const list: Value[] = [];
    for (let i = from; by > 0 ? i < to : i > to; i += by) {
      if (list.length > 10_000_000) throw new CommandError(146, '$range would use too much memory');
      list.push(i);
    }
    return list;
  };
};

const slice: OperatorCompiler = (value, compiler, op) => {
  const [array, first, second] = compiler.operands(op, value, 2, 3);
  return (scope) => {
    const list = array!(scope);
    const a = first!(scope);
    const b = second ? second(scope) : undefined;
    if (isNullish(list) || isNullish(a) || (second && isNullish(b))) return null;
    const items = arrayOf(op, list, 28724, 'first argument');
    const x = integerOr(
      a,
      28725,
      `Second argument to $slice must be a numeric value, but is of type: ${typeName(a)}`,
    );
    if (!second) return x >= 0 ? items.slice(0, x) : items.slice(x);
    const y = integerOr(b, 28727, `Third argument to $slice must be numeric, but is of type: ${typeName(b)}`);
    if (y <= 0) throw new CommandError(28729, `Third argument to $slice must be positive: ${y}`);
    const begin = x < 0 ? Math.max(0, items.length + x) : x;
    return items.slice(begin, begin + y);
  };
};

const indexOfArray: OperatorCompiler = (value, compiler, op) => {
  const [array, wanted, start, end] = compiler.operands(op, value, 2, 4);
  return (scope) => {
    const list = array!(scope);
    if (isNullish(list)) return null;
    const items = arrayOf(op, list, 40090, 'first argument');
    const item = wanted!(scope);
    const from = start ? integerOr(start(scope), 40096, `${op} requires an integral starting index`) : 0;
    const to = end ? integerOr(end(scope), 40096, `${op} requires an integral ending index`) : items.length;
    for (let i = from; i < Math.min(to, items.length); i++)
      if (item !== undefined && equal(items[i]!, item)) return i;
    return -1;
  };
};

const zip: OperatorCompiler = (value, compiler) => {
  if (!isDocument(value))
    throw new CommandError(34460, `$zip only supports an object as an argument, found ${typeOf(value)}`);
  const inputs = value['inputs'];
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw new CommandError(34461, `inputs must be an array of expressions`);
  const lists = inputs.map((item) => compiler.compile(item));
  const longest = value['useLongestLength'] === true;
  const defaults = value['defaults'] === undefined ? undefined : compiler.compile(value['defaults']);
  return (scope) => {
    const rows = lists.map((list) => list(scope));
    if (rows.some(isNullish)) return null;
    const arrays = rows.map((row) => {
      if (!Array.isArray(row)) throw new CommandError(34468, `$zip found a non-array expression in input`);
      return row;
    });
    const sizes = arrays.map((row) => row.length);
    const size = longest ? Math.max(...sizes) : Math.min(...sizes);
    const fill = defaults ? (defaults(scope) as Value[]) : [];
    return Array.from({ length: size }, (_, i) => arrays.map((row, j) => row[i] ?? fill[j] ?? null));
  };
};

const sortArray: OperatorCompiler = (value, compiler, op) => {
  if (!isDocument(value) || value['input'] === undefined)
    throw new CommandError(2942502, "$sortArray requires 'input' to be specified");
  if (value['sortBy'] === undefined)
    throw new CommandError(2942503, "$sortArray requires 'sortBy' to be specified");
  const input = compiler.compile(value['input']);
  const by = value['sortBy'];
  const order = isDocument(by) ? parseSort(by) : undefined;
  const direction = isNumeric(by) ? asNumber(by)! : 1;
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    if (!Array.isArray(list))
      throw new CommandError(
        2942504,
        `The input argument to ${op} must be an array, but was of type: ${typeName(list)}`,
      );
    if (!order) return [...list].sort((a, b) => compare(a, b) * direction);
    const keyed = list.map((item) => ({
      item,
      key: isDocument(item) ? sortKey(item, order) : order.map(() => null as Value),
    }));
    keyed.sort((a, b) => {
      for (let i = 0; i < order.length; i++) {
        const result = compare(a.key[i]!, b.key[i]!);
        if (result !== 0) return result * order[i]!.direction;
      }
      return 0;
    });
    return keyed.map(({ item }) => item);
  };
};

const edgeN =
  (op: 'first' | 'last' | 'min' | 'max'): OperatorCompiler =>
  (value, compiler) => {
    const { n, input } = named(`$${op}N`, value, compiler, ['n', 'input']);
    return (scope) => {
      const most = integerOr(n!(scope), 5787903, `Value for 'n' must be of integral type`);
      if (most <= 0) throw new CommandError(5787908, `'n' must be greater than 0, found ${most}`);
      const list = input!(scope);
      if (!Array.isArray(list)) throw new CommandError(5788200, `Input must be an array`);
      if (op === 'first') return list.slice(0, most);
      if (op === 'last') return list.slice(-most);
      const kept = list.filter((item) => !isNullish(item));
      kept.sort(op === 'min' ? compare : (a, b) => compare(b, a));
      return kept.slice(0, most);
    };
  };

export const arrayOperators: Record<string, OperatorCompiler> = {
  $arrayElemAt: arrayElemAt,
  $firstN: edgeN('first'),
  $lastN: edgeN('last'),
  $minN: edgeN('min'),
  $maxN: edgeN('max'),
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $range: range,
  $slice: slice,
  $indexOfArray: indexOfArray,
  $zip: zip,
  $sortArray: sortArray,
  $first: edgeElement(false),
  $last: edgeElement(true),
  $size: (value, compiler, op) => {
    const [array] = compiler.operands(op, value, 1);
    return (scope) => {
      const list = array!(scope);
      if (!Array.isArray(list))
        throw new CommandError(
          17124,
          `The argument to $size must be an array, but was of type: ${typeName(list)}`,
        );
      return integer(list.length);
    };
  },
  $isArray: (value, compiler, op) => {
    const [item] = compiler.operands(op, value, 1);
    return (scope) => Array.isArray(item!(scope));
  },
  $in: (value, compiler, op) => {
    const [item, array] = compiler.operands(op, value, 2);
    return (scope) => {
      const list = array!(scope);
      if (!Array.isArray(list))
        throw new CommandError(40081, `$in requires an array as a second argument, found: ${typeName(list)}`);
      const wanted = item!(scope);
      return wanted !== undefined && list.some((each) => equal(each, wanted));
    };
  },
  $concatArrays: (value, compiler) => {
    const lists = (Array.isArray(value) ? value : [value]).map((item) => compiler.compile(item));
    return (scope) => {
      const all: Value[] = [];
      for (const part of lists) {
        const list = part(scope);
        if (isNullish(list)) return null;
        if (!Array.isArray(list))
          throw new CommandError(28664, `$concatArrays only supports arrays, not ${typeName(list)}`);
        all.push(...list);
      }
      return all;
    };
  },
  $reverseArray: (value, compiler, op) => {
    const [array] = compiler.operands(op, value, 1);
    return (scope) => {
      const list = array!(scope);
      if (isNullish(list)) return null;
      if (!Array.isArray(list))
        throw new CommandError(
          34435,
          `The argument to $reverseArray must be an array, but was of type: ${typeName(list)}`,
        );
      return [...list].reverse();
    };
  },
  $arrayToObject: (value, compiler, op) => {
    const [array] = compiler.operands(op, value, 1);
    return (scope) => {
      const list = array!(scope);
      if (isNullish(list)) return null;
      if (!Array.isArray(list))
        throw new CommandError(40386, `$arrayToObject requires an array input, found: ${typeName(list)}`);
      const result: Doc = {};
      for (const item of list) {
        const [key, inner] = Array.isArray(item) ? item : isDocument(item) ? [item['k'], item['v']] : [];
        if (typeof key !== 'string')
          throw new CommandError(40391, '$arrayToObject requires an array of key-value pairs');
        if (inner !== undefined) setField(result, key, inner);
      }
      return result;
    };
  },
  $let: (value, compiler) => {
    if (!isDocument(value)) throw new CommandError(16874, '$let only supports an object as its argument');
    if (!isDocument(value['vars'] ?? null)) throw new CommandError(16876, "Missing 'vars' parameter to $let");
    if (value['in'] === undefined) throw new CommandError(16877, "Missing 'in' parameter to $let");
    const names = Object.keys(value['vars'] as Doc);
    const vars = names.map((name) => [name, compiler.compile((value['vars'] as Doc)[name]!)] as const);
    for (const name of names)
      if (!/^[a-z\u0080-\uffff]/.test(name) && name !== 'CURRENT')
        throw failedToParse(`'${name}' starts with an invalid character for a user variable name`);
    const inner = compiler.withVariables(names, () => compiler.compile(value['in']!));
    return (scope) =>
      inner(
        bind(
          scope,
          vars.map(([name, item]) => [name, item(scope)]),
        ),
      );
  },
};
