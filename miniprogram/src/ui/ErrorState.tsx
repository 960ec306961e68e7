import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/apiError.ts';
import { goHome } from '../platform/navigation.ts';
import { enter } from '../state/person.ts';
import { Button } from './Button.tsx';
import './Empty.scss';
import { Icon } from './Icon.tsx';

/** What happened, what to do, and the number to read out on the phone. Never a dead end. */
export function ErrorState(props: { error: ApiError; onRetry: () => void }): ReactNode {
  const { error, onRetry } = props;
  if (error.signInNeeded) return <SignInPrompt message={error.message} onSignedIn={onRetry} />;
  return (
    <View className="empty" id="error-state">
      <Icon name={error.offline ? 'offline' : error.notFound ? 'search' : 'warn'} tone="ink-3" size="xl" />
      <Text className="empty__title">{titleOf(error)}</Text>
      <Text className="empty__note">{error.message}</Text>
      <View className="empty__action">
        {!error.notFound && (
          <Button kind="quiet" size="small" id="retry" onPress={onRetry}>
            再试一次
          </Button>
        )}
        <Button kind="plain" size="small" onPress={() => void goHome()}>
          回首页
        </Button>
      </View>
      {!error.offline && <Text className="empty__reference">{`问题编号 ${error.reference}`}</Text>}
    </View>
  );
}

function titleOf(error: ApiError): string {
  if (error.offline) return '网络连接不上';
  return error.notFound ? '没有找到' : '暂时打不开';
}

function SignInPrompt(props: { message: string; onSignedIn: () => void }): ReactNode {
  const signIn = async (): Promise<void> => {
    if (await enter()) props.onSignedIn();
  };
  return (
    <View className="empty" id="sign-in-prompt">
      <Icon name="person" tone="ink-3" size="xl" />
      <Text className="empty__title">还没有登录</Text>
      <Text className="empty__note">{props.message}</Text>
      <View className="empty__action">
        <Button size="small" id="sign-in" onPress={() => void signIn()}>
          微信登录
        </Button>
        <Button kind="plain" size="small" onPress={() => void goHome()}>
          回首页
        </Button>
      </View>
    </View>
  );
}
