import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { type FormDefinition, fieldsIn } from '../../../../../server/areas/applications/forms/definition.ts';
import { Button } from '../../../ui/Button.tsx';
import { sayAnswer } from '../sayAnswer.ts';
import type { DraftInHand } from '../useDraft.ts';
import './index.scss';

/** Another device wrote the same field: both are shown, one is chosen. */
export function Conflicts(props: { hand: DraftInHand; form: FormDefinition }): ReactNode {
  const { hand, form } = props;
  return (
    <>
      {hand.conflicts.map(({ key, kept, other }) => {
        const [kind, name] = key.split('.') as [string, string | undefined];
        const field = kind === 'answers' ? fieldsIn(form).find((each) => each.key === name) : undefined;
        if (!field) return null;
        return (
          <View className="apply__conflict" key={key}>
            <Text className="apply__consent">{`“${field.label}”在另一台设备上也改过`}</Text>
            <Text className="apply__line">{`这里填的：${sayAnswer(field, kept)}`}</Text>
            <Text className="apply__line">{`那边填的：${sayAnswer(field, other)}`}</Text>
            <View className="apply__foot">
              <Button kind="plain" size="small" onPress={() => hand.settleConflict(key)}>
                用这里的
              </Button>
              <Button
                kind="quiet"
                size="small"
                onPress={() => {
                  hand.change({ answers: { [field.key]: other } });
                  hand.settleConflict(key);
                }}
              >
                用那边的
              </Button>
            </View>
          </View>
        );
      })}
    </>
  );
}
