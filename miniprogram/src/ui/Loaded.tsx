import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { Load } from '../state/useLoad.ts';
import { ErrorState } from './ErrorState.tsx';
import './Loaded.scss';
import { Skeleton } from './Skeleton.tsx';

/** Shows a load in each of its states: the shape, the error, or the content (with a line when it is not fresh). */
export function Loaded<T>(props: {
  load: Load<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}): ReactNode {
  const { load, rows, children } = props;
  const { state, reload } = load;
  if (state.status === 'loading') return <Skeleton {...(rows === undefined ? {} : { rows })} />;
  if (state.status === 'failed') return <ErrorState error={state.error} onRetry={() => void reload()} />;
  return (
    <>
      {state.stale && (
        <View className="stale">
          <Text>{`没能刷新：${state.stale.message}`}</Text>
        </View>
      )}
      {children(state.data)}
    </>
  );
}
