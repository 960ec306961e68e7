import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { MatterView } from '../../../../../server/areas/matters/contract.ts';
import { call } from '../../../platform/gestures.ts';
import { sayInstant } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';

/** How new the guide is; a warning only where it may not be right any more. */
export function SourceNote(props: { source: MatterView['source']; phone: string | null }): ReactNode {
  const { source, phone } = props;
  if (!source || source.state === 'own') return null;
  const when = sayInstant(source.at);
  if (source.state === 'fresh') {
    return (
      <View className="guide__checked">
        <Text>{`${when} 与省事项系统核对过`}</Text>
      </View>
    );
  }
  const ask = phone === null ? {} : { action: `打电话问 ${phone}`, onAction: () => void call(phone) };
  if (source.state === 'stale')
    return <Alert tone="warn" text={`省事项系统暂时连不上，以下是 ${when} 的内容，可能有变化。`} {...ask} />;
  if (source.state === 'missing')
    return <Alert tone="warn" text="省事项系统里暂时查不到这个事项，去之前请先问清楚。" {...ask} />;
  return <Alert tone="bad" text={`这个事项已在 ${when} 取消，不再办理。`} {...ask} />;
}
