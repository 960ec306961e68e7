import { performance } from 'node:perf_hooks';

/** The four things the hall does all day. Each resolves when the answer is there, and durable if it is a write. */
export interface Workload {
  /** findOne by a unique index. */
  find(no: number): Promise<void>;
  /** findOneAndUpdate by a unique index. */
  update(no: number): Promise<void>;
  /** insertOne, three indexes. */
  insert(no: number): Promise<void>;
  /** One hall's twenty latest tickets before a moment: equality, range, sort and limit on one index. */
  range(no: number): Promise<void>;
}

export type Kind = keyof Workload;
export const kinds: readonly Kind[] = ['find', 'update', 'insert', 'range'];

/** Operations a second of `total` operations by `clients` that each wait for their answer before the next. */
export async function throughput(
  total: number,
  clients: number,
  operation: (i: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const client = async () => {
    while (next < total) await operation(next++);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  return (total * 1000) / (performance.now() - start);
}

/** Milliseconds that each of `total` operations took, one after the other. */
export async function durations(total: number, operation: (i: number) => Promise<void>): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < total; i++) {
    const start = performance.now();
    await operation(i);
    taken.push(performance.now() - start);
  }
  return taken;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The same numbers in every run, spread over 0 to `below` - 1. */
export function pickOf(i: number, below: number): number {
  return (Math.imul(i + 1, 0x9e3779b1) >>> 0) % below;
}

export const rounded = (value: number, places = 2): number => Number(value.toFixed(places));
