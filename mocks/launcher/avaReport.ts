/** What ava's own report says of each file. */
export interface FileResult {
  passed: number;
  failed: number;
  /** It crashed, hung or was never reached: what it would have said is not known. */
  incomplete: boolean;
}

/**
 * Reads ava's default report line by line. (Its TAP reporter cannot say which test hung: it falls over while reporting
 * a time-out.) A title starts with the path of its file below the folder that all files share, joined by ` › `.
 */
export class AvaReport {
  readonly results: ReadonlyMap<string, FileResult>;
  private readonly prefixes: readonly { readonly prefix: string; readonly file: string }[];

  constructor(files: readonly string[]) {
    this.results = new Map(files.map((file) => [file, { passed: 0, failed: 0, incomplete: false }]));
    const shared = sharedFolder(files);
    this.prefixes = files
      .map((file) => ({ file, prefix: titlePrefix(file.slice(shared.length)) }))
      .sort((a, b) => b.prefix.length - a.prefix.length);
  }

  /** Returns true for a line about a single test that passed. */
  read(line: string): boolean {
    const said = line.trim();
    if (said.startsWith('✔ ')) {
      const result = this.resultOf(said.slice(2));
      if (result) result.passed += 1;
      return true;
    }
    if (said.startsWith('✘ [fail]: ')) {
      const result = this.resultOf(said.slice('✘ [fail]: '.length));
      if (result) result.failed += 1;
      return false;
    }
    const trouble =
      /^✘ (\S+\.test\.ts) exited|^(?:Uncaught exception|Unhandled rejection) in (\S+\.test\.ts)|^✘ No tests found in (\S+\.test\.ts)|^\d+ tests? (?:was|were) pending in (\S+\.test\.ts)/.exec(
        said,
      );
    const file = trouble?.slice(1).find(Boolean);
    const result = file ? this.results.get(file) : undefined;
    if (result) result.incomplete = true;
    return false;
  }

  /** The run failed, and nothing in its report says where. */
  unexplained = false;

  /** After the end: a file that said nothing was not reached, which is a failure when the run as a whole failed. */
  close(code: number): void {
    if (code === 0) return;
    for (const result of this.results.values())
      if (result.passed + result.failed === 0) result.incomplete = true;
    this.unexplained = this.troubled().length === 0;
  }

  /** The files that must run again, or be counted as failed. */
  troubled(): readonly string[] {
    return [...this.results].filter(([, each]) => each.failed > 0 || each.incomplete).map(([file]) => file);
  }

  private resultOf(title: string): FileResult | undefined {
    if (this.results.size === 1) return [...this.results.values()][0];
    const found = this.prefixes.find((each) => title.startsWith(each.prefix));
    return found && this.results.get(found.file);
  }
}

const titlePrefix = (file: string): string =>
  `${file
    .replace(/\.test\.ts$/, '')
    .split('/')
    .join(' › ')} › `;

/** The longest folder all files lie in, with its closing slash; '' when they share none. */
function sharedFolder(files: readonly string[]): string {
  const first = files[0] ?? '';
  let shared = first.slice(0, first.lastIndexOf('/') + 1);
  while (shared && !files.every((file) => file.startsWith(shared)))
    shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1);
  return shared;
}
