import type { PropsWithChildren, ReactNode } from 'react';
import { hearKeyboard } from './platform/keyboard';
import { hearLostParts } from './platform/lostParts';
import './app.scss';

hearKeyboard();
hearLostParts();

export default function App({ children }: PropsWithChildren): ReactNode {
  return children;
}
