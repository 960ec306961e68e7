/** Upper ends of the buckets, milliseconds. */
const bounds = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, Number.POSITIVE_INFINITY];

/** Counts of this process for one system: results, and how long calls took. */
export class CallMetrics {
  private readonly results = new Map<string, number>();
  private readonly buckets = bounds.map(() => 0);
  private sum = 0;

  /** `ms`: null for what was not sent. */
  record(result: string, ms: number | null): void {
    this.results.set(result, (this.results.get(result) ?? 0) + 1);
    if (ms === null) return;
    this.buckets[bounds.findIndex((bound) => ms <= bound)]! += 1;
    this.sum += ms;
  }

  get calls(): number {
    return [...this.results.values()].reduce((total, count) => total + count, 0);
  }

  count(result: string): number {
    return this.results.get(result) ?? 0;
  }

  /** In the text form Prometheus reads. */
  text(system: string): string {
    const label = `system="${system}"`;
    let below = 0;
    return [
      ...[...this.results].map(
        ([result, count]) => `government_calls_total{${label},result="${result}"} ${count}`,
      ),
      ...bounds.map((bound, i) => {
        below += this.buckets[i]!;
        const end = Number.isFinite(bound) ? bound / 1000 : '+Inf';
        return `government_call_seconds_bucket{${label},le="${end}"} ${below}`;
      }),
      `government_call_seconds_sum{${label}} ${this.sum / 1000}`,
      `government_call_seconds_count{${label}} ${below}`,
    ].join('\n');
  }
}
