import type { PropsWithChildren, ReactNode } from 'react';
import './app.scss';

export default function App({ children }: PropsWithChildren): ReactNode {
  return children;
}
