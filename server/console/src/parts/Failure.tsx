import { Button, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/client.ts';
import './Failure.css';

/** What went wrong, what to do, and the id to tell the engineers. */
export function Failure(props: {
  error: ApiError | null;
  onRetry?: () => void;
  whole?: boolean;
  retryLabel?: string;
}): ReactNode {
  const { error, onRetry, whole = false, retryLabel = '重试' } = props;
  if (!error) return null;
  return (
    <div className={whole ? 'failure failure-whole' : 'failure'} role="alert" data-testid="failure">
      <div>
        <p>{error.message}</p>
        <ErrorId error={error} />
      </div>
      {onRetry && <Button onClick={onRetry}>{retryLabel}</Button>}
    </div>
  );
}

export function ErrorId({ error }: { error: ApiError }): ReactNode {
  const text = error.requestId ? `${error.id} · ${error.requestId}` : error.id;
  return (
    <Typography.Text
      type="secondary"
      className="failure-id"
      copyable={{ text, tooltips: ['复制编号', '已复制'] }}
    >
      错误编号 {error.requestId ? `${error.id} · ${error.requestId.slice(0, 8)}` : error.id}
    </Typography.Text>
  );
}
