import type { ItemsSystem, MatterDocument } from '../../government/items/port.ts';

interface Kept {
  readonly document: MatterDocument;
  readonly until: number;
}

/**
 * Papers fetched lately, so that many people at one form, or one at a form many times, do not use up what the province allows us.
 * Who asks while a paper is on its way waits for that one. In this process's memory, bounded in bytes; the oldest go first.
 */
export class DocumentShelf {
  readonly #kept = new Map<string, Kept>();
  readonly #coming = new Map<string, Promise<MatterDocument | null>>();
  #bytes = 0;

  constructor(
    private readonly items: Pick<ItemsSystem, 'document'>,
    private readonly now: () => number,
    private readonly limits = { ms: 10 * 60_000, bytes: 32 * 1024 * 1024 },
  ) {}

  document: ItemsSystem['document'] = async (address, asked) => {
    const kept = this.#kept.get(address);
    if (kept && kept.until > this.now()) return kept.document;
    const coming = this.#coming.get(address);
    if (coming) return coming;
    const work = this.items.document(address, asked).finally(() => this.#coming.delete(address));
    this.#coming.set(address, work);
    const document = await work;
    if (document) this.#keep(address, document);
    return document;
  };

  #keep(address: string, document: MatterDocument): void {
    this.#drop(address);
    this.#kept.set(address, { document, until: this.now() + this.limits.ms });
    this.#bytes += document.bytes.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.limits.bytes) break;
      this.#drop(oldest);
    }
  }

  #drop(address: string): void {
    this.#bytes -= this.#kept.get(address)?.document.bytes.length ?? 0;
    this.#kept.delete(address);
  }
}
