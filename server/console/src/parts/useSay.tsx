import { App } from 'antd';
import { useMemo } from 'react';
import { asApiError } from '../api/useLoad.ts';
import { ErrorId } from './Failure.tsx';

export interface Say {
  done(text: string): void;
  /** Shows a failure with its id; it stays until it is closed. */
  failed(thrown: unknown): void;
}

/** What an act on the page answers with: a short word when it is done, the reason when it is not. */
export function useSay(): Say {
  const { message, notification } = App.useApp();
  return useMemo(
    () => ({
      done: (text) => void message.success(text),
      failed: (thrown) => {
        const error = asApiError(thrown);
        notification.error({
          title: error.message,
          description: <ErrorId error={error} />,
          duration: 10,
          placement: 'top',
        });
      },
    }),
    [message, notification],
  );
}
