import type { BSONRegExp } from 'bson';
import { MaxKey, MinKey } from 'bson';
import { compare } from '../bson/compare.ts';
import { typeOf, typeOrder } from '../bson/typeOf.ts';
import { asNumber, isNumeric, type Value } from '../bson/value.ts';

/** A stretch of values of one field. */
export interface Interval {
  low: Value;
  lowIncluded: boolean;
  high: Value;
  highIncluded: boolean;
}

/** Intervals in ascending order, and whether they say exactly what the predicate says (no recheck needed). */
export interface Bounds {
  intervals: Interval[];
  exact: boolean;
}

export const point = (value: Value): Interval => ({
  low: value,
  lowIncluded: true,
  high: value,
  highIncluded: true,
});

export const isPoint = (interval: Interval): boolean =>
  interval.lowIncluded && interval.highIncluded && compare(interval.low, interval.high) === 0;

const minKey = new MinKey();
const maxKey = new MaxKey();
export const everything: Interval = { low: minKey, lowIncluded: true, high: maxKey, highIncluded: true };

export const isEverything = (interval: Interval): boolean =>
  typeOf(interval.low) === 'minKey' && typeOf(interval.high) === 'maxKey';

/** Stands for the end of all values of one type; used as bounds of a type-bracketed comparison. */
export class TypeEdge {
  readonly order: number;
  constructor(order: number) {
    this.order = order;
  }
}

/** The bounds a leaf predicate gives on its field, or undefined when an index cannot help. */
export function boundsOf(op: string, value: Value, extra?: Value): Bounds | undefined {
  switch (op) {
    case '$eq':
      return equalBounds(value);
    case '$in': {
      const list = value as Value[];
      const parts = list.map((item) => (typeOf(item) === 'regex' ? regexBounds(item) : equalBounds(item)));
      if (parts.some((part) => part === undefined)) return undefined;
      return union(parts as Bounds[]);
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return orderBounds(op, value);
    case '$regex':
      return extra === undefined ? regexBounds(value) : undefined;
    case '$exists':
      return { intervals: [everything], exact: false };
    default:
      return undefined;
  }
}

function equalBounds(value: Value): Bounds | undefined {
  const type = typeOf(value);
  if (type === 'undefined') return undefined;
  // null finds missing fields too, which an index holds as null; an empty array's key is undefined, hence the recheck.
  if (type === 'null') return { intervals: [point(null)], exact: false };
  // An array is compared as a whole, while a multikey index holds its elements.
  if (type === 'array') {
    const list = value as Value[];
    const first = list[0];
    if (first === undefined || typeOf(first) === 'array') return undefined;
    return { intervals: [first, value].sort(compare).map(point), exact: false };
  }
  return { intervals: [point(value)], exact: true };
}

function orderBounds(op: string, value: Value): Bounds | undefined {
  const type = typeOf(value);
  if (type === 'null')
    return op === '$gte' || op === '$lte' ? equalBounds(value) : { intervals: [], exact: true };
  if (type === 'minKey' || type === 'maxKey' || type === 'array' || type === 'object' || type === 'undefined')
    return undefined;
  if (isNumeric(value) && Number.isNaN(asNumber(value))) return undefined;
  const order = typeOrder(value);
  const included = op === '$gte' || op === '$lte';
  const low = lowestOf(order);
  const high = highestOf(order);
  if (op === '$gt' || op === '$gte') {
    return {
      intervals: [{ low: value, lowIncluded: included, high: high.value, highIncluded: high.included }],
      exact: true,
    };
  }
  return {
    intervals: [{ low: low.value, lowIncluded: low.included, high: value, highIncluded: included }],
    exact: true,
  };
}

/** Edges of a type's values, as values: the type before or after begins there. */
function lowestOf(order: number): { value: Value; included: boolean } {
  if (order === 10) return { value: Number.NEGATIVE_INFINITY, included: true };
  return { value: new TypeEdge(order) as unknown as Value, included: true };
}

function highestOf(order: number): { value: Value; included: boolean } {
  if (order === 10) return { value: Number.POSITIVE_INFINITY, included: true };
  return { value: new TypeEdge(order + 1) as unknown as Value, included: false };
}

/** `^literal` bounds a string from its prefix to the prefix's successor. */
function regexBounds(value: Value): Bounds | undefined {
  const pattern = typeof value === 'string' ? value : (value as BSONRegExp).pattern;
  const options = typeof value === 'string' ? '' : (value as BSONRegExp).options;
  const match = /^\^((?:[^\\.[\](){}*+?|^$]|\\[^a-zA-Z0-9])+)(.?)/s.exec(pattern);
  if (options !== '' || !match || pattern.includes('|')) return undefined;
  let prefix = match[1]!.replace(/\\(.)/gs, '$1');
  // A quantifier after the prefix makes its last character optional.
  if (/[*?{]/.test(match[2]!)) prefix = [...prefix].slice(0, -1).join('');
  if (prefix === '') return undefined;
  const points = [...prefix];
  const last = points.pop()!.codePointAt(0)!;
  if (last >= 0xd7ff) return undefined;
  const next = points.join('') + String.fromCodePoint(last + 1);
  return {
    intervals: [{ low: prefix, lowIncluded: true, high: next, highIncluded: false }, point(value)].slice(
      0,
      typeof value === 'string' ? 1 : 2,
    ) as Interval[],
    exact: false,
  };
}

/** Compares interval ends that may be type edges. */
export function compareEnds(a: Value, b: Value): number {
  const edgeA = a instanceof TypeEdge;
  const edgeB = b instanceof TypeEdge;
  if (!edgeA && !edgeB) return compare(a, b);
  const orderA = edgeA ? (a as TypeEdge).order : typeOrder(a);
  const orderB = edgeB ? (b as TypeEdge).order : typeOrder(b);
  if (orderA !== orderB) return orderA < orderB ? -1 : 1;
  return edgeA && edgeB ? 0 : edgeA ? -1 : 1;
}

export function intersect(a: Bounds, b: Bounds): Bounds {
  const intervals: Interval[] = [];
  for (const x of a.intervals) {
    for (const y of b.intervals) {
      const low = compareEnds(x.low, y.low);
      const high = compareEnds(x.high, y.high);
      const lower = low > 0 || (low === 0 && !x.lowIncluded) ? x : y;
      const upper = high < 0 || (high === 0 && !x.highIncluded) ? x : y;
      const merged: Interval = {
        low: lower.low,
        lowIncluded: lower.lowIncluded,
        high: upper.high,
        highIncluded: upper.highIncluded,
      };
      const order = compareEnds(merged.low, merged.high);
      if (order < 0 || (order === 0 && merged.lowIncluded && merged.highIncluded)) intervals.push(merged);
    }
  }
  return { intervals, exact: a.exact && b.exact };
}

export function union(parts: Bounds[]): Bounds {
  const all = parts
    .flatMap((part) => part.intervals)
    .sort((x, y) => compareEnds(x.low, y.low) || Number(y.lowIncluded) - Number(x.lowIncluded));
  const merged: Interval[] = [];
  for (const interval of all) {
    const last = merged.at(-1);
    const gap = last ? compareEnds(last.high, interval.low) : -1;
    if (!last || gap < 0 || (gap === 0 && !last.highIncluded && !interval.lowIncluded)) {
      merged.push({ ...interval });
      continue;
    }
    const order = compareEnds(last.high, interval.high);
    if (order < 0) {
      last.high = interval.high;
      last.highIncluded = interval.highIncluded;
    } else if (order === 0) last.highIncluded ||= interval.highIncluded;
  }
  return { intervals: merged, exact: parts.every((part) => part.exact) };
}
