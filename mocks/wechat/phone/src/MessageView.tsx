import { Forward, HallMark, Portrait, Program } from './icons.tsx';
import type { Card, Content, Link, Message } from './types.ts';

/** One message as WeChat draws it. */
export function MessageView(props: { message: Message; me: Card; onOpen: (link: Link) => void }) {
  const { message, me, onOpen } = props;
  const { content } = message;
  if (message.from === 'system') {
    return <p className="system">{content.kind === 'text' ? content.text : ''}</p>;
  }
  if (content.kind === 'template') return <TemplateCard content={content} onOpen={onOpen} />;
  if (content.kind === 'articles') return <ArticlesCard content={content} onOpen={onOpen} />;
  const mine = message.from === 'citizen';
  const mass = message.origin === 'mass';
  return (
    <div className={`said ${mine ? 'said-mine' : ''}`} data-testid={mass ? 'mass-card' : undefined}>
      {mine ? <Portrait face={me} size={40} /> : <HallMark size={40} />}
      <Bubble content={content} onOpen={onOpen} />
    </div>
  );
}

function Bubble({ content, onOpen }: { content: Content; onOpen: (link: Link) => void }) {
  if (content.kind === 'text') {
    return (
      <div className="bubble" data-testid="bubble">
        <Linked text={content.text} onOpen={onOpen} />
      </div>
    );
  }
  if (content.kind === 'image') return <img className="photo" src={content.url} alt="图片" />;
  if (content.kind === 'program') {
    return (
      <button type="button" className="program-card" onClick={() => onOpen(content.link)}>
        <span>{content.title}</span>
        <img src={content.cover} alt="" />
        <small>
          <Program /> 小程序
        </small>
      </button>
    );
  }
  if (content.kind === 'template' || content.kind === 'articles') return null;
  return (
    <button type="button" className="bubble bubble-link" onClick={() => onOpen({ url: content.url })}>
      {content.kind === 'voice' ? '语音' : content.kind === 'video' ? '视频' : '音乐'} {content.title}
    </button>
  );
}

/** Plain text with its addresses and `<a href>` links made tappable, and nothing else of HTML. */
function Linked({ text, onOpen }: { text: string; onOpen: (link: Link) => void }) {
  const pieces = text.split(/(<a\s[^>]*>.*?<\/a>|https?:\/\/[^\s<>"，。）]+)/gi);
  return (
    <>
      {pieces.map((piece, index) => {
        const key = `${index}-${piece}`;
        const anchor = /^<a\s([^>]*)>(.*?)<\/a>$/i.exec(piece);
        const attribute = (name: string) =>
          new RegExp(`${name}=["']([^"']*)["']`, 'i').exec(anchor?.[1] ?? '')?.[1] ?? '';
        const url = anchor ? attribute('href') : /^https?:/.test(piece) ? piece : '';
        const path = attribute('data-miniprogram-path');
        if (!url && !path) return piece;
        return (
          <button
            type="button"
            className="inline"
            key={key}
            onClick={() => onOpen(path ? { miniProgram: { appid: '', path } } : { url })}
          >
            {anchor ? anchor[2] : piece}
          </button>
        );
      })}
    </>
  );
}

type Of<K extends Content['kind']> = Extract<Content, { kind: K }>;

function TemplateCard({ content, onOpen }: { content: Of<'template'>; onOpen: (link: Link) => void }) {
  const { link } = content;
  const body = (
    <>
      <span className="notice-head">{content.title}</span>
      <span className="notice-fields">
        {content.fields.map((field) => (
          <span className="notice-field" key={field.label}>
            <span>{field.label}</span>
            <span>{field.value}</span>
          </span>
        ))}
      </span>
      {link && (
        <span className="notice-foot">
          <span>{link.miniProgram ? '查看详情' : '详情'}</span>
          <Forward />
        </span>
      )}
    </>
  );
  return link ? (
    <button type="button" className="notice" data-testid="template-card" onClick={() => onOpen(link)}>
      {body}
    </button>
  ) : (
    <div className="notice" data-testid="template-card">
      {body}
    </div>
  );
}

function ArticlesCard({ content, onOpen }: { content: Of<'articles'>; onOpen: (link: Link) => void }) {
  const [first, ...rest] = content.articles;
  if (!first) return null;
  return (
    <div className="articles" data-testid="mass-card">
      <button type="button" className="articles-first" onClick={() => onOpen({ url: first.url })}>
        <Cover url={first.cover} />
        <b>{first.title}</b>
        {rest.length === 0 && first.digest && <small>{first.digest}</small>}
      </button>
      {rest.map((article) => (
        <button
          type="button"
          className="articles-row"
          key={article.url}
          onClick={() => onOpen({ url: article.url })}
        >
          <span>{article.title}</span>
          <Cover url={article.cover} />
        </button>
      ))}
    </div>
  );
}

function Cover({ url }: { url: string }) {
  return url ? (
    <img className="cover" src={url} alt="" />
  ) : (
    <span className="cover cover-none">
      <HallMark size={40} />
    </span>
  );
}
