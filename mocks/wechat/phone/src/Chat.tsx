import { useEffect, useRef } from 'react';
import { markRead, tapMenu } from './api.ts';
import { Bar } from './Bar.tsx';
import { Footer } from './Footer.tsx';
import { Dots } from './icons.tsx';
import { MessageView } from './MessageView.tsx';
import type { Button, Link, Message, PhoneState } from './types.ts';
import { chatTime } from './words.ts';

/** Messages with a time above each group that began five minutes after the last. */
function Thread(props: { messages: Message[]; state: PhoneState; onOpen: (link: Link) => void }) {
  const end = useRef<HTMLDivElement>(null);
  const last = props.messages.at(-1)?.id;
  const opened = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a message is added
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end', behavior: opened.current ? 'smooth' : 'instant' });
    opened.current = true;
  }, [last]);
  return (
    <div className="scroll thread">
      {props.messages.map((message, index) => {
        const before = props.messages[index - 1];
        const stamped = !before || message.at - before.at > 300_000;
        return (
          <div key={message.id}>
            {stamped && <time className="stamp">{chatTime(message.at, props.state.now)}</time>}
            <MessageView message={message} me={props.state.me} onOpen={props.onOpen} />
          </div>
        );
      })}
      <div ref={end} />
    </div>
  );
}

function useRead(messages: Message[], chat: Message['chat']): void {
  const unread = messages.some((message) => !message.read);
  useEffect(() => {
    if (unread) void markRead(chat);
  }, [unread, chat]);
}

export function AccountChat(props: {
  state: PhoneState;
  onBack: () => void;
  onProfile: () => void;
  onOpen: (link: Link) => void;
}) {
  const { state } = props;
  const messages = state.messages.filter((message) => message.chat === 'account');
  useRead(messages, 'account');
  const tap = async (path: number[], button: Button) => {
    await tapMenu(path);
    if (button.type === 'view' && button.url) props.onOpen({ url: button.url });
    if (button.type === 'miniprogram') {
      props.onOpen({ miniProgram: { appid: '', path: button.pagepath ?? '' } });
    }
  };
  return (
    <section className="view">
      <Bar
        title="增城政务服务"
        onBack={props.onBack}
        right={
          <button
            type="button"
            className="plain"
            onClick={props.onProfile}
            aria-label="公众号资料"
            data-testid="account-profile"
          >
            <Dots />
          </button>
        }
      />
      {messages.length === 0 ? (
        <div className="scroll thread">
          <p className="empty">
            {state.me.follows ? '点下面的菜单办事，或者写一句话问问' : '还没有关注这个公众号'}
          </p>
        </div>
      ) : (
        <Thread messages={messages} state={state} onOpen={props.onOpen} />
      )}
      {state.me.follows ? (
        <Footer menu={state.menu} onTap={(path, button) => void tap(path, button)} />
      ) : (
        <button type="button" className="follow-bar" onClick={props.onProfile}>
          关注后可以收到办事消息
        </button>
      )}
    </section>
  );
}

export function ServiceChat(props: { state: PhoneState; onBack: () => void; onOpen: (link: Link) => void }) {
  const messages = props.state.messages.filter((message) => message.chat === 'service');
  useRead(messages, 'service');
  return (
    <section className="view">
      <Bar title="服务通知" onBack={props.onBack} />
      <Thread messages={messages} state={props.state} onOpen={props.onOpen} />
    </section>
  );
}
