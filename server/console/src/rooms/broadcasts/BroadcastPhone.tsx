import type { ReactNode } from 'react';
import type { Content, Preview } from '../../api/broadcasts.ts';
import {
  ArticleCard,
  ChatBubble,
  ChatPicture,
  ChatTime,
  PhoneChat,
  TemplateCard,
} from '../../parts/PhoneChat.tsx';

/** The broadcast in the citizen's chat. */
export function BroadcastPhone(props: {
  kind: Content['kind'];
  preview: Preview | null;
  page: string | null;
  time: string;
}): ReactNode {
  const { kind, preview, page, time } = props;
  return (
    <PhoneChat>
      <ChatTime>{time}</ChatTime>
      {kind === 'text' ? (
        <ChatBubble text={preview?.text ?? ''} empty="正文会显示在这里" />
      ) : kind === 'picture' ? (
        <ChatPicture src={preview?.picture ?? null} />
      ) : kind === 'article' ? (
        <ArticleCard
          title={preview?.title ?? ''}
          cover={preview?.picture ?? null}
          author={preview?.article?.author ?? ''}
          body={preview?.article?.body ?? ''}
        />
      ) : preview ? (
        <TemplateCard title={preview.title} fields={preview.fields} opens={page} />
      ) : (
        <TemplateCard title="请先选择模板" fields={[]} opens={null} />
      )}
    </PhoneChat>
  );
}
