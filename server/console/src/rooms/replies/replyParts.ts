export interface ReplyPart {
  readonly kind: 'text' | 'link' | 'person';
  readonly text: string;
  /** Where it begins in the reply. */
  readonly at: number;
}

const marks = /\{\{open:[^|}]+\|([^}]+)\}\}|\{\{person\}\}/g;

/** Takes a stored reply apart: `{{open:page|words}}` is a link with these words, `{{person}}` the citizen's name. */
export function replyParts(text: string): ReplyPart[] {
  const parts: ReplyPart[] = [];
  let at = 0;
  for (const match of text.matchAll(marks)) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index), at });
    const words = match[1];
    parts.push(
      words === undefined
        ? { kind: 'person', text: '市民称呼', at: match.index }
        : { kind: 'link', text: words, at: match.index },
    );
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at), at });
  return parts;
}
