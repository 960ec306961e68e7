import type { ReactNode } from 'react';
import './StateTag.css';

export type Tone = 'quiet' | 'action' | 'needsYou' | 'good' | 'bad';

/** A state in a word; its colour says whether somebody has to do something. */
export function StateTag({
  tone,
  children,
  testId,
}: {
  tone: Tone;
  children: ReactNode;
  testId?: string;
}): ReactNode {
  return (
    <span className={`state state-${tone}`} data-testid={testId}>
      {children}
    </span>
  );
}
