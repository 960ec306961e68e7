import { listTowns } from '../halls/listTowns.ts';
import { findMatter } from '../matters/findMatter.ts';
import { listNameOf } from './audienceLists.ts';
import type { Audience } from './contract.ts';
import type { TagNames } from './tagNames.ts';

/** Whom it goes to, in names that staff know, never ids. */
export async function audienceLabel(audience: Audience, tagNames: TagNames): Promise<string> {
  switch (audience.kind) {
    case 'followers':
      return '全部关注者';
    case 'tag':
      return `标签「${(await tagNames.current()).get(audience.tagId) ?? '已删除'}」`;
    case 'applicants': {
      const matter = await findMatter(audience.matterId);
      return `近 ${audience.days} 天预约过${matter ? `「${matter.name}」` : '一个已下架事项'}的关注者`;
    }
    case 'town': {
      const town = (await listTowns()).find(({ code }) => code === audience.townCode);
      return `近 ${audience.days} 天在${town?.name ?? '一个已撤并镇街的'}大厅预约过的关注者`;
    }
    case 'list': {
      const list = await listNameOf(audience.listId);
      if (!list) return '名单（已不存在）';
      return `名单「${list.name}」${list.removed ? '（内容已按期删除）' : ''}`;
    }
  }
}
