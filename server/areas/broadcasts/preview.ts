import { HallError } from '../../kernel/http/hallError.ts';
import { renderTemplate, templates } from '../notices/templates.ts';
import { countAudience } from './audience.ts';
import { type Audience, broadcastsErrors, type Content, type Preview } from './contract.ts';
import type { BroadcastsRoom } from './room.ts';

/** WeChat refuses longer mass texts with 45002. */
const textBytes = 2048;

/** What a follower will see and what WeChat would refuse, without asking WeChat. */
export function renderContent(content: Content): Omit<Preview, 'audienceCount'> {
  if (content.kind === 'text') {
    const problems =
      Buffer.byteLength(content.text) > textBytes
        ? [{ field: 'text', message: '正文太长，微信最多约 680 个汉字' }]
        : [];
    return { kind: 'text', title: '', fields: [], text: content.text, problems };
  }
  const template = templates.get(content.template);
  if (!template?.broadcast) {
    const message = '这个模板不能用于群发，请选择服务公告类模板';
    return {
      kind: 'template',
      title: '',
      fields: [],
      text: null,
      problems: [{ field: 'template', message }],
    };
  }
  const { title, fields, problems } = renderTemplate(template, content.values);
  return {
    kind: 'template',
    title,
    fields: fields.map(({ from, ...rest }) => ({ key: from, ...rest })),
    text: null,
    problems: problems.map(({ field, message }) => ({ field, message })),
  };
}

/** WeChat's mass send goes to all or to a tag. */
const audienceProblems = (content: Content, audience: Audience): Preview['problems'] =>
  content.kind === 'text' && audience.kind !== 'followers' && audience.kind !== 'tag'
    ? [{ field: 'audience', message: '文字群发只能发给全部关注者或一个标签' }]
    : [];

export async function previewBroadcast(
  room: BroadcastsRoom,
  content: Content,
  audience: Audience,
): Promise<Preview> {
  const rendered = renderContent(content);
  const problems = [...rendered.problems, ...audienceProblems(content, audience)];
  return { ...rendered, problems, audienceCount: await countAudience(room, audience) };
}

/** Throws `broadcasts.invalid`, with what to mend, unless it may be sent. */
export function requireSendable(content: Content, audience: Audience): void {
  const problems = [...renderContent(content).problems, ...audienceProblems(content, audience)];
  if (problems.length > 0) throw new HallError(broadcastsErrors.invalid, { details: { problems } });
}
