import type { ReactNode } from 'react';
import { replyParts } from './replyParts.ts';

/** A reply as people read it: links as their words, the name as what it stands for. */
export function ReplyText({ text }: { text: string }): ReactNode {
  return replyParts(text).map((part) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <span key={part.at} className={`reply-${part.kind}`}>
        {part.text}
      </span>
    ),
  );
}
