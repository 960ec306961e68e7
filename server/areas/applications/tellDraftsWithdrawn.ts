import { noticeTime } from '../../kernel/localDay.ts';
import type { Matter } from '../matters/model.ts';
import { createNotice } from '../notices/createNotice.ts';
import { drafts } from './model.ts';

/**
 * A matter is no longer offered: whoever has a draft of it is told, once each. The draft stays readable until it runs out.
 * Safe to call twice. Answers how many.
 */
export async function tellDraftsWithdrawn(matter: Pick<Matter, 'id' | 'name'>, now: Date): Promise<number> {
  let told = 0;
  for await (const draft of drafts().find({ 'matter.id': matter.id, caseId: null })) {
    await createNotice({
      key: `${draft.personId}:matter.withdrawn:${draft._id}`,
      personId: draft.personId,
      kind: 'service.announcement',
      values: {
        subject: '您没提交的事项已停办',
        scope: [...matter.name].slice(0, 20).join(''),
        time: noticeTime(now),
        tip: '请改办其他事项或致电大厅',
      },
      page: 'packages/apply/mine/index',
      at: now,
    });
    told += 1;
  }
  return told;
}
