import type { OfficialAccount } from '../../wechat/official-account/port.ts';

const keepMs = 60_000;

/** Names of the account's tags for labels, asked for once a minute. Empty while WeChat does not answer. */
export class TagNames {
  private kept: { at: number; names: ReadonlyMap<number, string> } | null = null;
  constructor(
    private readonly account: OfficialAccount,
    private readonly now: () => number,
  ) {}

  async current(): Promise<ReadonlyMap<number, string>> {
    if (this.kept && this.now() - this.kept.at < keepMs) return this.kept.names;
    const tags = await this.account.tags().catch(() => []);
    const names = new Map(tags.map(({ id, name }) => [id, name]));
    this.kept = { at: this.now(), names };
    return names;
  }
}
