import { useEffect } from 'react';
import { HallMark, ServiceMark } from './icons.tsx';
import type { Message } from './types.ts';
import { snippet } from './words.ts';

/** A message that arrived while something else is on the screen. */
export function Banner(props: { message: Message; onOpen: () => void; onDismiss: () => void }) {
  const { message, onDismiss } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message has its own five seconds
  useEffect(() => {
    const timer = setTimeout(onDismiss, 5000);
    return () => clearTimeout(timer);
  }, [message.id, onDismiss]);
  const detail =
    message.content.kind === 'template'
      ? `${message.content.title}：${message.content.fields[0]?.value ?? ''}`
      : snippet(message.content);
  return (
    <button type="button" className="banner" data-testid="banner" onClick={props.onOpen}>
      {message.chat === 'service' ? <ServiceMark /> : <HallMark size={36} />}
      <span className="banner-words">
        <b>{message.chat === 'service' ? '服务通知' : '增城政务服务'}</b>
        <span>{detail}</span>
      </span>
      <small>现在</small>
    </button>
  );
}
