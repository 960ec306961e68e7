import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { MatterView } from '../../../../../server/areas/matters/contract.ts';
import { Icon } from '../../../ui/Icon.tsx';

/** What the hall looks up itself, so that nobody has to fetch a proof. */
export function Proofs(props: Pick<MatterView, 'proofs'>): ReactNode {
  return (
    <View className="guide__proofs">
      {props.proofs.map(({ id, name, note }) => (
        <View className="guide__proof" key={id}>
          <Icon name="shield" tone="good" size="s" />
          <Text className="guide__prooftext">{`可免提交：${name}。${note}`}</Text>
        </View>
      ))}
    </View>
  );
}
