import type { ReactNode } from 'react';
import './PhoneChat.css';

export interface ChatField {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** The citizen's WeChat as they will see it: the chat with the official account in a drawn phone. */
export function PhoneChat({ children, footer }: { children: ReactNode; footer?: ReactNode }): ReactNode {
  return (
    <figure className="phone" aria-label="微信里的样子">
      <div className="phone-screen">
        <div className="phone-bar">
          <span className="figure">9:41</span>
          <i />
        </div>
        <div className="phone-title">
          <span aria-hidden>‹</span>
          <strong>增城政务服务</strong>
          <span aria-hidden>···</span>
        </div>
        <div className="phone-chat">{children}</div>
        {footer ?? (
          <div className="phone-menu" aria-hidden>
            <span>⌨</span>
            <b>办事</b>
            <b>大厅</b>
            <b>我的</b>
          </div>
        )}
      </div>
    </figure>
  );
}

export function ChatTime({ children }: { children: ReactNode }): ReactNode {
  return <p className="chat-time">{children}</p>;
}

/** A mass text: the account's face, and what it says. */
export function ChatBubble({ text, empty }: { text: string; empty: string }): ReactNode {
  return (
    <div className="chat-row">
      <span className="chat-face" aria-hidden>
        增
      </span>
      <p className={text === '' ? 'chat-bubble chat-empty' : 'chat-bubble'}>{text === '' ? empty : text}</p>
    </div>
  );
}

/** A template message: title, fields, and where a tap leads. */
export function TemplateCard(props: {
  title: string;
  fields: readonly ChatField[];
  opens: string | null;
}): ReactNode {
  return (
    <section className="chat-card">
      <h3>{props.title}</h3>
      <dl>
        {props.fields.map((field) => (
          <div key={field.key}>
            <dt>{field.label}</dt>
            <dd className={field.value === '' ? 'chat-empty' : undefined}>{field.value || '待填写'}</dd>
          </div>
        ))}
      </dl>
      {props.opens !== null && (
        <p className="chat-card-more">
          查看详情<span aria-hidden>›</span>
        </p>
      )}
    </section>
  );
}

/** A mass picture. */
export function ChatPicture({ src }: { src: string | null }): ReactNode {
  return (
    <div className="chat-row">
      <span className="chat-face" aria-hidden>
        增
      </span>
      {src === null ? (
        <p className="chat-bubble chat-empty">图片会显示在这里</p>
      ) : (
        <img className="chat-picture" src={src} alt="群发的图片" />
      )}
    </div>
  );
}

/** A mass article: the card in the chat, and below it the page behind it. `body` was made safe by the server. */
export function ArticleCard(props: {
  title: string;
  cover: string | null;
  author: string;
  body: string;
}): ReactNode {
  return (
    <>
      <section className="chat-card chat-article">
        {props.cover === null ? (
          <p className="chat-article-cover chat-empty">封面</p>
        ) : (
          <img className="chat-article-cover" src={props.cover} alt="" />
        )}
        <h3 className={props.title === '' ? 'chat-empty' : undefined}>{props.title || '文章标题'}</h3>
      </section>
      {props.body !== '' && (
        <>
          <p className="chat-time chat-article-opened">点开后</p>
          <section className="chat-card chat-page">
            <h2>{props.title}</h2>
            {props.author !== '' && <p className="chat-page-author">{props.author}</p>}
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the server's sanitised copy, not what was typed */}
            <div className="chat-page-body" dangerouslySetInnerHTML={{ __html: props.body }} />
          </section>
        </>
      )}
    </>
  );
}
