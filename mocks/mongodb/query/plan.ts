import { compare } from '../bson/compare.ts';
import { asNumber, type Doc, type Value } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Index } from '../storage/indexDefinition.ts';
import { encodeComponent, keptBytes } from '../storage/orderedKey.ts';
import {
  type Bounds,
  boundsOf,
  compareEnds,
  everything,
  type Interval,
  intersect,
  isEverything,
  isPoint,
  TypeEdge,
  union,
} from './bounds.ts';
import type { Filter, Node } from './filter.ts';

/** A stretch of encoded keys, low included, high not. */
export interface KeyRange {
  low: Buffer;
  high: Buffer;
}

export interface IndexPlan {
  kind: 'index';
  index: Index;
  ranges: KeyRange[];
  reverse: boolean;
  /** Keys come in the order the query asked for. */
  sorted: boolean;
  /** The bounds alone decide; the filter need not be checked again. */
  exact: boolean;
  /** What explain shows for each field. */
  bounds: Bounds[];
}

export type Plan =
  | { kind: 'scan'; reverse: boolean; sorted: boolean }
  | IndexPlan
  | { kind: 'or'; branches: IndexPlan[]; sorted: false }
  | { kind: 'nothing'; sorted: true };

export type Sort = { path: string; direction: 1 | -1 }[];

export interface PlanRequest {
  collection: Collection;
  filter: Filter;
  sort?: Sort | undefined;
  hint?: Value | undefined;
  usable?: ((index: Index) => boolean) | undefined;
}

/** At most this many separate stretches; more than that cost more than they save. */
const maxRanges = 2000;

export function makePlan(request: PlanRequest): Plan {
  const { collection, filter, hint } = request;
  const sort = request.sort ?? [];
  const natural = sort.length === 1 && sort[0]!.path === '$natural';
  if (natural) return { kind: 'scan', reverse: sort[0]!.direction === -1, sorted: true };
  if (hint !== undefined) return hinted(request, sort, hint);
  const leaves = conjuncts(filter.node);
  if (leaves.some((node) => node.kind === 'constant' && !node.value))
    return { kind: 'nothing', sorted: true };
  const candidates = collection.indexes.filter(
    (index) => !index.hidden && (request.usable?.(index) ?? true) && covers(index, filter, leaves),
  );
  let best: { plan: IndexPlan; score: number } | undefined;
  for (const index of candidates) {
    const tried = tryIndex(index, leaves, sort);
    if (tried && (!best || tried.score > best.score)) best = tried;
  }
  if (best && best.score >= 100) return best.plan;
  const or = orPlan(request, leaves);
  if (or) return or;
  if (best) return best.plan;
  return { kind: 'scan', reverse: false, sorted: sort.length === 0 };
}

function hinted(request: PlanRequest, sort: Sort, hint: Value): Plan {
  if (typeof hint !== 'string' && '$natural' in (hint as Doc)) {
    const reverse = asNumber((hint as Doc)['$natural']) === -1;
    return { kind: 'scan', reverse, sorted: sort.length === 0 };
  }
  const index = request.collection.indexes.find((each) =>
    typeof hint === 'string' ? each.name === hint : compare(each.keyPattern, hint) === 0,
  );
  if (!index || index.hidden)
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  const plan = tryIndex(index, conjuncts(request.filter.node), sort, true);
  return plan!.plan;
}

/** The predicates that must all hold. */
function conjuncts(node: Node): Node[] {
  if (node.kind === 'and') return node.children.flatMap(conjuncts);
  return [node];
}

/** A sparse or partial index may be used only where it holds every document the query can find. */
function covers(index: Index, filter: Filter, leaves: Node[]): boolean {
  if (index.sparse && !index.paths.some((path) => leaves.some((node) => demandsPresence(node, path))))
    return false;
  if (index.partial) return implies(leaves, conjuncts(index.partial.node), filter);
  return true;
}

function demandsPresence(node: Node, path: string): boolean {
  if (node.kind === 'elemMatch') return node.path === path;
  if (node.kind !== 'leaf' || node.path !== path) return false;
  if (node.op === '$exists') return true;
  if (node.op === '$in') return !(node.value as Value[]).includes(null);
  return node.value !== null;
}

function implies(leaves: Node[], wanted: Node[], _filter: Filter): boolean {
  return wanted.every((need) => leaves.some((have) => nodeImplies(have, need)));
}

function nodeImplies(have: Node, need: Node): boolean {
  if (need.kind === 'or')
    return need.children.some((child) => conjuncts(child).every((part) => nodeImplies(have, part)));
  if (have.kind === 'or')
    return have.children.every((child) => conjuncts(child).some((part) => nodeImplies(part, need)));
  if (have.kind !== 'leaf' || need.kind !== 'leaf' || have.path !== need.path) return false;
  if (need.op === '$exists') return demandsPresence(have, need.path);
  if (have.op === need.op && compare(have.value, need.value) === 0) return true;
  if (need.op === '$type') {
    return (
      (have.op === '$eq' ||
        have.op === '$gt' ||
        have.op === '$gte' ||
        have.op === '$lt' ||
        have.op === '$lte') &&
      have.value !== null &&
      need.test(have.value)
    );
  }
  const inner = boundsOf(have.op, have.value);
  const outer = boundsOf(need.op, need.value);
  if (!inner || !outer?.exact || inner.intervals.length === 0) return false;
  return inner.intervals.every((interval) => {
    const shared = intersect({ intervals: [interval], exact: true }, outer).intervals;
    return shared.length === 1 && sameInterval(shared[0]!, interval);
  });
}

function sameInterval(a: Interval, b: Interval): boolean {
  const ends = compareEnds(a.low, b.low) === 0 && compareEnds(a.high, b.high) === 0;
  return ends && a.lowIncluded === b.lowIncluded && a.highIncluded === b.highIncluded;
}

function predicateBounds(node: Node, path: string): Bounds | undefined {
  if (node.kind === 'leaf' && node.path === path) {
    if (node.op === '$size' || node.whole)
      return node.op === '$exists' ? { intervals: [everything], exact: false } : undefined;
    return boundsOf(node.op, node.value);
  }
  if (node.kind === 'elemMatch' && path.startsWith(`${node.path}.`) && node.inner) {
    const rest = path.slice(node.path.length + 1);
    const parts = conjuncts(node.inner)
      .map((inner) => predicateBounds(inner, rest))
      .filter((part) => part !== undefined);
    if (parts.length === 0) return undefined;
    return { ...parts.reduce(intersect), exact: false };
  }
  // or over the same field: union of its branches
  if (node.kind === 'or') {
    const parts = node.children.map((child) => {
      const inner = conjuncts(child);
      return inner.length === 1 ? predicateBounds(inner[0]!, path) : undefined;
    });
    if (parts.some((part) => part === undefined)) return undefined;
    return union(parts as Bounds[]);
  }
  return undefined;
}

function tryIndex(
  index: Index,
  leaves: Node[],
  sort: Sort,
  force = false,
): { plan: IndexPlan; score: number } | undefined {
  const bounds: Bounds[] = [];
  const used = new Set<Node>();
  let score = 0;
  let open = true;
  let led = false;
  for (let i = 0; i < index.paths.length; i++) {
    const path = index.paths[i]!;
    const field = fieldBounds(index, i, path, leaves, used, bounds);
    bounds.push(field);
    const full = field.intervals.length === 1 && isEverything(field.intervals[0]!);
    const points = field.intervals.every(isPoint);
    if (i === 0) led = !full;
    if (open) {
      if (points) score += 100 - Math.min(20, field.intervals.length - 1);
      else if (!full) score += 40;
      if (!points) open = false;
    } else if (!full) score += 5;
  }
  const order = sort.length === 0 ? { sorted: true, reverse: false } : sortOrder(index, bounds, sort);
  if (sort.length > 0 && order.sorted) score += score > 0 ? 45 : 30;
  // Bounds on later fields alone would still read the whole index.
  if (!led && !(sort.length > 0 && order.sorted) && !force) return undefined;
  if (index.unique && bounds.every((field) => field.intervals.length <= 1 && field.intervals.every(isPoint)))
    score += 1000;
  const { ranges, cut } = shortenRanges(keyRanges(index, bounds));
  const exact = !cut && leaves.every((leaf) => used.has(leaf)) && boundsAreExact(bounds) && !index.shortened;
  return {
    plan: { kind: 'index', index, ranges, reverse: order.reverse, sorted: order.sorted, exact, bounds },
    score: score - index.paths.length * 0.01,
  };
}

/** Stretches reach only as far as the first field that is not held to points; bounds of later fields are not in them. */
function boundsAreExact(bounds: Bounds[]): boolean {
  let combinations = 1;
  let open = true;
  for (const field of bounds) {
    if (!field.exact) return false;
    if (!open && !(field.intervals.length === 1 && isEverything(field.intervals[0]!))) return false;
    combinations *= field.intervals.length;
    if (!field.intervals.every(isPoint) || combinations > maxRanges) open = false;
  }
  return true;
}

/**
 * On a multikey field each predicate may be met by another element, so only one of them bounds the scan; and of two
 * fields under one array only the first may.
 */
function fieldBounds(
  index: Index,
  i: number,
  path: string,
  leaves: Node[],
  used: Set<Node>,
  earlier: Bounds[],
): Bounds {
  const whole: Bounds = { intervals: [everything], exact: true };
  const multikey = index.multikey[i] === true;
  if (multikey) {
    const root = path.split('.')[0];
    const shared = index.paths.some(
      (other, j) =>
        j < i &&
        other.split('.')[0] === root &&
        !(earlier[j]!.intervals.length === 1 && isEverything(earlier[j]!.intervals[0]!)),
    );
    if (shared) return whole;
  }
  let found: Bounds | undefined;
  for (const leaf of leaves) {
    const bounds = predicateBounds(leaf, path);
    if (!bounds) continue;
    if (multikey && found) {
      if (width(bounds) < width(found)) found = { ...bounds, exact: false };
      continue;
    }
    used.add(leaf);
    found = found ? intersect(found, bounds) : bounds;
  }
  if (!found) return whole;
  // A missing value and a null have the same key; ranges that take in null must look at the document.
  return found;
}

const width = (bounds: Bounds) => (bounds.intervals.every(isPoint) ? bounds.intervals.length : 10_000);

function sortOrder(index: Index, bounds: Bounds[], sort: Sort): { sorted: boolean; reverse: boolean } {
  const no = { sorted: false, reverse: false };
  if (index.shortened) return no;
  let reverse: boolean | undefined;
  let i = 0;
  for (const { path, direction } of sort) {
    while (i < index.paths.length && index.paths[i] !== path && isSinglePoint(bounds[i]!)) i++;
    if (i >= index.paths.length || index.paths[i] !== path) {
      if (index.paths.some((other, j) => other === path && isSinglePoint(bounds[j]!) && !index.multikey[j]))
        continue;
      return no;
    }
    // Keys of a bounded multikey field are not in the order of the whole array's least or greatest element.
    if (
      index.multikey[i] === true &&
      !(bounds[i]!.intervals.length === 1 && isEverything(bounds[i]!.intervals[0]!))
    )
      return no;
    if (isSinglePoint(bounds[i]!)) {
      i++;
      continue;
    }
    const backwards = index.directions[i] !== direction;
    if (reverse === undefined) reverse = backwards;
    else if (reverse !== backwards) return no;
    i++;
  }
  // Several stretches of an earlier field would interleave the order.
  return { sorted: true, reverse: reverse ?? false };
}

function isSinglePoint(bounds: Bounds): boolean {
  return bounds.intervals.length === 1 && isPoint(bounds.intervals[0]!);
}

function keyRanges(index: Index, bounds: Bounds[]): KeyRange[] {
  let prefixes: Buffer[] = [index.prefix];
  for (let i = 0; i < bounds.length; i++) {
    const { intervals } = bounds[i]!;
    const direction = index.directions[i]!;
    if (intervals.every(isPoint) && prefixes.length * intervals.length <= maxRanges) {
      const ordered = direction === 1 ? intervals : [...intervals].reverse();
      const points = ordered.map((interval) => encodeComponent(interval.low, direction));
      prefixes = prefixes.flatMap((prefix) => points.map((part) => Buffer.concat([prefix, part])));
      continue;
    }
    const ordered = direction === 1 ? intervals : [...intervals].reverse();
    return prefixes.flatMap((prefix) => ordered.map((interval) => rangeOf(prefix, interval, direction)));
  }
  return prefixes.map((prefix) => ({ low: prefix, high: after(prefix) }));
}

/** Bounds longer than the part of a key that is kept as it is are widened to that part. */
function shortenRanges(ranges: KeyRange[]): { ranges: KeyRange[]; cut: boolean } {
  let cut = false;
  const shorter = ranges.map(({ low, high }) => {
    if (low.length <= keptBytes && high.length <= keptBytes) return { low, high };
    cut = true;
    return {
      low: low.subarray(0, keptBytes),
      high: high.length > keptBytes ? after(high.subarray(0, keptBytes)) : high,
    };
  });
  return { ranges: shorter, cut };
}

function rangeOf(prefix: Buffer, interval: Interval, direction: number): KeyRange {
  if (isEverything(interval)) return { low: prefix, high: after(prefix) };
  const low = edge(prefix, interval.low, direction);
  const high = edge(prefix, interval.high, direction);
  if (direction === 1) {
    return { low: interval.lowIncluded ? low : after(low), high: interval.highIncluded ? after(high) : high };
  }
  // Descending, the edge of a type is already the first key behind it: nothing of it is to be passed over or taken along.
  const [fromEdge, toEdge] = [interval.high instanceof TypeEdge, interval.low instanceof TypeEdge];
  return {
    low: fromEdge || interval.highIncluded ? high : after(high),
    high: !toEdge && interval.lowIncluded ? after(low) : low,
  };
}

function edge(prefix: Buffer, value: Value, direction: number): Buffer {
  if (value instanceof TypeEdge) {
    // Ascending: all keys of the type start at its byte. Descending, its byte inverted: they end before the next.
    const byte = direction === 1 ? value.order : (~value.order & 0xff) + 1;
    return Buffer.concat([prefix, Buffer.from([byte])]);
  }
  return Buffer.concat([prefix, encodeComponent(value, direction)]);
}

/** The first key greater than all that start with these bytes. */
export function after(prefix: Buffer): Buffer {
  for (let i = prefix.length - 1; i >= 0; i--) {
    if (prefix[i]! < 0xff) {
      const next = Buffer.from(prefix.subarray(0, i + 1));
      next[i]!++;
      return next;
    }
  }
  return Buffer.alloc(8, 0xff);
}

/** Each branch of an `$or` by its own index. */
function orPlan(request: PlanRequest, leaves: Node[]): Plan | undefined {
  for (const leaf of leaves) {
    if (leaf.kind !== 'or') continue;
    const branches: IndexPlan[] = [];
    for (const child of leaf.children) {
      const parts = [...leaves.filter((other) => other !== leaf), ...conjuncts(child)];
      let best: { plan: IndexPlan; score: number } | undefined;
      for (const index of request.collection.indexes) {
        if (index.hidden || !(request.usable?.(index) ?? true) || !covers(index, request.filter, parts))
          continue;
        const tried = tryIndex(index, parts, []);
        if (tried && (!best || tried.score > best.score)) best = tried;
      }
      if (!best) break;
      branches.push({ ...best.plan, exact: false });
    }
    if (branches.length === leaf.children.length) return { kind: 'or', branches, sorted: false };
  }
  return undefined;
}
