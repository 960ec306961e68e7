import type { Store } from '../core/store.ts';
import type { AccountTemplate } from './library.ts';
import { adopt, library } from './library.ts';

export type Shelf = 'official' | 'official-subscribe' | 'program-subscribe';

/** The templates each account has added, and the consents people gave to subscription messages. */
export class TemplateShelves {
  #shelves;
  #consents;

  constructor(store: Store) {
    this.#shelves = {
      official: store.collection<AccountTemplate>('templates-official'),
      'official-subscribe': store.collection<AccountTemplate>('templates-official-subscribe'),
      'program-subscribe': store.collection<AccountTemplate>('templates-program'),
    };
    this.#consents = store.collection<number>('consents');
    this.seed();
  }

  /** An account that was set up by its administrator: every library template with its first five keywords. */
  seed(): void {
    for (const shelf of Object.keys(this.#shelves) as Shelf[]) {
      const templates = this.#shelves[shelf];
      if (templates.size > 0) continue;
      for (const source of library) {
        const kids = source.keywords.slice(0, 5).map((one) => one.kid);
        const made = adopt(shelf, source, kids, 3);
        templates.set(made.templateId, made);
      }
    }
  }

  of(shelf: Shelf): AccountTemplate[] {
    return this.#shelves[shelf].values();
  }

  get(shelf: Shelf, templateId: string): AccountTemplate | undefined {
    return this.#shelves[shelf].get(templateId);
  }

  put(shelf: Shelf, template: AccountTemplate): void {
    this.#shelves[shelf].set(template.templateId, template);
  }

  remove(shelf: Shelf, templateId: string): boolean {
    return this.#shelves[shelf].delete(templateId);
  }

  /** Sends left to a person for a template; Infinity where consent was given for long. */
  credits(openid: string, templateId: string): number {
    const left = this.#consents.get(`${openid} ${templateId}`) ?? 0;
    return left < 0 ? Number.POSITIVE_INFINITY : left;
  }

  /** The person agreed: one more send, or all future ones when the template is of the long-term kind. */
  grant(openid: string, template: AccountTemplate): void {
    const key = `${openid} ${template.templateId}`;
    this.#consents.set(key, template.type === 3 ? -1 : Math.max(0, this.#consents.get(key) ?? 0) + 1);
  }

  spend(openid: string, templateId: string): void {
    const key = `${openid} ${templateId}`;
    const left = this.#consents.get(key) ?? 0;
    if (left > 0) this.#consents.set(key, left - 1);
  }

  withdraw(openid: string, templateId: string): void {
    this.#consents.delete(`${openid} ${templateId}`);
  }
}
