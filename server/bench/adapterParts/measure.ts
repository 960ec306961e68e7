/** Calls `operation` `count` times, `atOnce` at a time; milliseconds a call, wall time over count. */
export async function perCall(
  count: number,
  atOnce: number,
  operation: () => Promise<unknown>,
): Promise<number> {
  let left = count;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await operation();
    }),
  );
  return (performance.now() - started) / count;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
};

/**
 * Kit against bare in short turns, so that whatever else the machine does weighs on both alike; the median of the turns'
 * ratios.
 */
export async function ratioOf(
  name: string,
  rounds: number,
  kit: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<number> {
  await kit();
  await bare(); // warm
  const turns: { kit: number; bare: number }[] = [];
  for (let i = 0; i < rounds; i++) turns.push({ bare: await bare(), kit: await kit() });
  const [a, b] = [median(turns.map((turn) => turn.kit)), median(turns.map((turn) => turn.bare))];
  console.log(`${name}: kit ${a.toFixed(3)} ms, bare ${b.toFixed(3)} ms a call`);
  return Math.round(median(turns.map((turn) => turn.kit / turn.bare)) * 1000) / 1000;
}
