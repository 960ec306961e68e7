import { placeIn } from './accountTemplates.ts';
import type { TemplateCheck } from './contract.ts';
import type { NoticesRoom } from './room.ts';
import { templates } from './templates.ts';

/** Compares the registry with the account's own list. */
export async function checkTemplates({ account }: Pick<NoticesRoom, 'account'>): Promise<TemplateCheck> {
  const list = await account.templates();
  return {
    templates: [...templates.values()].map((template) => {
      const placed = placeIn(template, list);
      const sameTitle = list.some(({ title }) => title === template.title);
      const state = placed ? 'ready' : sameTitle ? 'different' : 'missing';
      return { kind: template.id, title: template.title, state, templateId: placed?.templateId ?? null };
    }),
    inAccount: list.length,
  };
}
