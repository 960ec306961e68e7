import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { ArticleEditor } from './ArticleEditor.tsx';
import { type ArticleDraft, limits, type Problems } from './draft.ts';
import { Counter, problemOf } from './fieldParts.tsx';
import { PictureUpload } from './PictureUpload.tsx';

/** What an article of the account has. */
export function ArticleFields(props: {
  article: ArticleDraft;
  change: (article: ArticleDraft) => void;
  problems: Problems;
}): ReactNode {
  const { article, problems } = props;
  const change = (part: Partial<ArticleDraft>): void => props.change({ ...article, ...part });
  return (
    <>
      <Form.Item label="文章标题" htmlFor="article-title" {...problemOf(problems['articleTitle'])}>
        <Input
          id="article-title"
          data-testid="article-title"
          value={article.title}
          placeholder="市民在聊天里先看到它"
          onChange={(event) => change({ title: event.target.value })}
          suffix={<Counter text={article.title} limit={limits.articleTitle} />}
        />
      </Form.Item>
      <Form.Item label="封面" {...problemOf(problems['coverId'])}>
        <PictureUpload
          pictureId={article.coverId}
          onUploaded={(coverId) => change({ coverId })}
          testId="cover-file"
        />
      </Form.Item>
      <Form.Item label="正文" {...problemOf(problems['body'])}>
        <ArticleEditor html={article.body} onChange={(body) => change({ body })} />
      </Form.Item>
      <Form.Item label="摘要（可不填）" htmlFor="article-digest" {...problemOf(problems['digest'])}>
        <Input
          id="article-digest"
          value={article.digest}
          placeholder="不填时用正文的开头"
          onChange={(event) => change({ digest: event.target.value })}
          suffix={<Counter text={article.digest} limit={limits.digest} />}
        />
      </Form.Item>
      <Form.Item label="署名" htmlFor="article-author" {...problemOf(problems['author'])}>
        <Input
          id="article-author"
          value={article.author}
          onChange={(event) => change({ author: event.target.value })}
          suffix={<Counter text={article.author} limit={limits.author} />}
        />
      </Form.Item>
    </>
  );
}
