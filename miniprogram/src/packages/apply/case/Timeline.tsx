import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { CaseView } from '../../../../../server/areas/applications/contract.ts';
import { sayInstant } from '../../../state/when.ts';
import './index.scss';

/** The way of a case, the newest step on top. */
export function Timeline(props: { steps: CaseView['timeline'] }): ReactNode {
  const steps = [...props.steps].filter((step) => !step.implied).reverse();
  return (
    <View className="timeline">
      {steps.map((step, at) => (
        <View
          className={`timeline__step ${at === 0 ? 'timeline__step--now' : ''}`}
          key={`${step.at}/${step.text}`}
        >
          <View className="timeline__dot" />
          <View className="timeline__main">
            <Text className="timeline__text">{step.text}</Text>
            <Text className="timeline__at">{sayInstant(step.at)}</Text>
          </View>
        </View>
      ))}
    </View>
  );
}
