import type { ReplyTrigger } from '../../api/account.ts';

export const triggerKinds: Readonly<Record<ReplyTrigger['kind'], string>> = {
  keyword: '市民发来关键词',
  menu: '市民点了菜单',
  follow: '市民刚关注',
  scan: '市民扫了大厅的二维码',
  otherwise: '其他都不符合时',
};

/** When it is said, in a sentence. */
export function triggerText(trigger: ReplyTrigger): string {
  if (trigger.kind === 'keyword') {
    const words = trigger.words.map((word) => `「${word}」`).join('');
    return trigger.mode === 'equals' ? `发来${words}` : `留言里有${words}`;
  }
  if (trigger.kind === 'menu') return `点了菜单（标识 ${trigger.key}）`;
  if (trigger.kind === 'scan') return `扫了二维码（场景 ${trigger.scenePrefix} 开头）`;
  return trigger.kind === 'follow' ? '刚关注公众号' : '其他都不符合时';
}

export function emptyTrigger(kind: ReplyTrigger['kind']): ReplyTrigger {
  if (kind === 'keyword') return { kind, words: [], mode: 'equals' };
  if (kind === 'menu') return { kind, key: '' };
  return kind === 'scan' ? { kind, scenePrefix: '' } : { kind };
}

/** What is missing before it may be saved, by field. */
export function replyProblems(reply: {
  title: string;
  trigger: ReplyTrigger;
  text: string;
}): Record<string, string> {
  const problems: Record<string, string> = {};
  const { title, trigger, text } = reply;
  if (title.trim() === '') problems['title'] = '请填写名称';
  if (text.trim() === '') problems['text'] = '请填写回复内容';
  else if (text.trim().length > 600) problems['text'] = '最多 600 个字';
  const key = /^[A-Za-z0-9_.-]{1,64}$/;
  if (trigger.kind === 'keyword' && trigger.words.length === 0) problems['trigger'] = '至少填一个关键词';
  if (trigger.kind === 'menu' && !key.test(trigger.key)) problems['trigger'] = '标识只能用字母、数字和 _ . -';
  if (trigger.kind === 'scan' && !key.test(trigger.scenePrefix)) {
    problems['trigger'] = '场景只能用字母、数字和 _ . -';
  }
  return problems;
}
