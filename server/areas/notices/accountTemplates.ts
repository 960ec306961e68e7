import { log } from '../../kernel/log.ts';
import type { AccountTemplate } from '../../wechat/official-account/port.ts';
import type { Template } from './templates.ts';

/** A registry template as this account has it. */
export interface Placed {
  readonly templateId: string;
  /** Value name → the account template's field key, e.g. `matter` → `thing1`. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Where templates are: the official account, or the mini-program. */
export interface TemplateShelf {
  templates(): Promise<readonly AccountTemplate[]>;
  addTemplate(shortId: string, keywords: readonly string[]): Promise<string>;
}

const keepMs = 10 * 60_000;

/**
 * Finds registry templates in the account's own list, by title and keywords, and adds those that are missing. The list
 * is kept for ten minutes, or until WeChat says that an id is unknown.
 */
export class AccountTemplates {
  private list: { at: number; templates: Promise<readonly AccountTemplate[]> } | null = null;
  private readonly adding = new Map<string, Promise<Placed>>();

  constructor(
    private readonly account: TemplateShelf,
    private readonly now: () => number,
  ) {}

  async place(template: Template): Promise<Placed> {
    const found = placeIn(template, await this.current());
    if (found) return found;
    const known = this.adding.get(template.id);
    if (known) return known;
    const added = this.add(template).finally(() => this.adding.delete(template.id));
    this.adding.set(template.id, added);
    return added;
  }

  /** WeChat does not know an id we used (40037): somebody changed the account's templates. */
  forget(): void {
    this.list = null;
  }

  private async add(template: Template): Promise<Placed> {
    this.forget(); // another process may just have added it
    const found = placeIn(template, await this.current());
    if (found) return found;
    await this.account.addTemplate(
      template.shortId,
      template.fields.map(({ label }) => label),
    );
    log.info({ kind: template.id }, 'a template was added');
    this.forget();
    const placed = placeIn(template, await this.current());
    if (!placed) throw new Error(`the account's template for ${template.id} has other keywords`);
    return placed;
  }

  private current(): Promise<readonly AccountTemplate[]> {
    if (this.list && this.now() - this.list.at < keepMs) return this.list.templates;
    const templates = this.account.templates();
    this.list = { at: this.now(), templates };
    templates.catch(() => this.forget());
    return templates;
  }
}

/** Exactly these keywords: one that we do not fill would be refused as empty (47003). */
export function placeIn(template: Template, list: readonly AccountTemplate[]): Placed | null {
  for (const { id, title, fields } of list) {
    if (title !== template.title || fields.length !== template.fields.length) continue;
    const keyOf = new Map(fields.map(({ key, label }) => [label, key]));
    const pairs = template.fields.map(({ from, kind, label }) => [from, kind, keyOf.get(label)] as const);
    if (pairs.every(([, kind, key]) => key?.replace(/\d+$/, '') === kind)) {
      return { templateId: id, keys: Object.fromEntries(pairs.map(([from, , key]) => [from, key!])) };
    }
  }
  return null;
}
