import type { NoticeView } from './contract.ts';
import type { Notice } from './model.ts';
import { renderTemplate, templates } from './templates.ts';

/** A notice in the citizen's list: the same words as the card in the chat, at full length. */
export function presentNotice(notice: Notice): NoticeView {
  const template = templates.get(notice.kind);
  const rendered = template && renderTemplate(template, notice.values);
  return {
    id: notice._id,
    kind: notice.kind,
    title: rendered?.title ?? '消息',
    fields: (rendered?.fields ?? []).map(({ from, label, value, shortened }) => ({
      label,
      value: shortened ? notice.values[from]!.trim() : value,
    })),
    page: notice.page,
    read: notice.readAt !== null,
    at: notice.at.toISOString(),
  };
}
