import { HallError } from '../../kernel/http/hallError.ts';
import { renderTemplate, templates } from '../notices/templates.ts';
import { picturePath, picturesIn, safeArticle, textOfArticle } from './articleHtml.ts';
import { countAudience } from './audience.ts';
import { type Audience, broadcastsErrors, type Content, type Preview } from './contract.ts';
import { insideLimit, sizesOf } from './pictures.ts';
import type { BroadcastsRoom } from './room.ts';

/** WeChat refuses longer mass texts with 45002. */
const textBytes = 2048;
/** WeChat's limits of an article, in characters (draft/add). */
const articleLimits = { title: 32, author: 16, digest: 128, body: 20_000 } as const;

type Problems = Preview['problems'];
type Rendered = Omit<Preview, 'audienceCount'>;
const nothing = {
  title: '',
  fields: [],
  text: null,
  picture: null,
  article: null,
} satisfies Partial<Rendered>;

/** What a follower will see and what WeChat would refuse, without asking WeChat. */
export async function renderContent(content: Content): Promise<Rendered> {
  if (content.kind === 'text') {
    const problems =
      Buffer.byteLength(content.text) > textBytes
        ? [{ field: 'text', message: '正文太长，微信最多约 680 个汉字' }]
        : [];
    return { ...nothing, kind: 'text', text: content.text, problems };
  }
  if (content.kind === 'picture') return renderPicture(content);
  if (content.kind === 'article') return renderArticle(content);
  const template = templates.get(content.template);
  if (!template?.broadcast) {
    const message = '这个模板不能用于群发，请选择服务公告类模板';
    return { ...nothing, kind: 'template', problems: [{ field: 'template', message }] };
  }
  const { title, fields, problems } = renderTemplate(template, content.values);
  return {
    ...nothing,
    kind: 'template',
    title,
    fields: fields.map(({ from, ...rest }) => ({ key: from, ...rest })),
    problems: problems.map(({ field, message }) => ({ field, message })),
  };
}

async function renderPicture({ pictureId }: Extract<Content, { kind: 'picture' }>): Promise<Rendered> {
  const known = (await sizesOf([pictureId])).has(pictureId);
  return {
    ...nothing,
    kind: 'picture',
    picture: known ? picturePath(pictureId) : null,
    problems: known ? [] : [{ field: 'pictureId', message: '请上传图片' }],
  };
}

async function renderArticle(content: Extract<Content, { kind: 'article' }>): Promise<Rendered> {
  const { title, author, digest, coverId } = content;
  const body = safeArticle(content.body);
  const text = textOfArticle(body);
  const inside = picturesIn(body);
  const sizes = await sizesOf([coverId, ...inside]);
  const problems: Problems = [];
  const say = (field: string, message: string): number => problems.push({ field, message });
  if (title === '') say('articleTitle', '请填写文章标题');
  for (const [field, value, limit] of [
    ['articleTitle', title, articleLimits.title],
    ['author', author, articleLimits.author],
    ['digest', digest, articleLimits.digest],
  ] as const) {
    if ([...value].length > limit) say(field, `最多 ${limit} 个字`);
  }
  if (text === '' && inside.length === 0) say('body', '请填写正文');
  if ([...body].length >= articleLimits.body) say('body', '正文太长，微信最多 2 万字');
  if (inside.some((id) => !sizes.has(id))) say('body', '正文里有图片已不存在，请删掉后重新插入');
  if (inside.some((id) => (sizes.get(id) ?? 0) > insideLimit)) say('body', '正文里的图片不能超过 1 MB');
  if (!sizes.has(coverId)) say('coverId', '请上传封面');
  return {
    ...nothing,
    kind: 'article',
    title,
    picture: sizes.has(coverId) ? picturePath(coverId) : null,
    article: { author, digest: digest || [...text].slice(0, 54).join(''), body },
    problems,
  };
}

/** WeChat's mass send goes to all or to a tag. */
const audienceProblems = (content: Content, audience: Audience): Problems =>
  content.kind !== 'template' && audience.kind !== 'followers' && audience.kind !== 'tag'
    ? [{ field: 'audience', message: '文字、图片和图文群发只能发给全部关注者或一个标签' }]
    : [];

export async function previewBroadcast(
  room: BroadcastsRoom,
  content: Content,
  audience: Audience,
): Promise<Preview> {
  const rendered = await renderContent(content);
  const problems = [...rendered.problems, ...audienceProblems(content, audience)];
  return { ...rendered, problems, audienceCount: await countAudience(room, audience) };
}

/** Throws `broadcasts.invalid`, with what to mend, unless it may be sent. */
export async function requireSendable(content: Content, audience: Audience): Promise<void> {
  const problems = [...(await renderContent(content)).problems, ...audienceProblems(content, audience)];
  if (problems.length > 0) throw new HallError(broadcastsErrors.invalid, { details: { problems } });
}

/** As it is kept: an article made safe. */
export const cleanContent = (content: Content): Content =>
  content.kind === 'article' ? { ...content, body: safeArticle(content.body) } : content;
