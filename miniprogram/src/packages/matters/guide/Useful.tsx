import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { asApiError } from '../../../api/apiError.ts';
import { loadGuideRating, rateGuide } from '../../../api/ratings.ts';
import { say } from '../../../platform/gestures.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Card, Section } from '../../../ui/Card.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';
import './Useful.scss';

const words = ['没用', '不太有用', '一般', '有用', '很有用'];

/** Whether the guide helped: one opinion of each person, which they may change. Silent when it cannot be loaded. */
export function Useful(props: { matter: string }): ReactNode {
  const { matter } = props;
  const load = useLoad(`guide-rating/${matter}`, () => loadGuideRating(matter));
  const [busy, setBusy] = useState(false);
  if (load.state.status !== 'ready') return null;
  const { count, mean, mine } = load.state.data;
  const give = async (level: number): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await rateGuide(matter, level);
      await load.reload();
      say('谢谢，我们会改进');
    } catch (thrown) {
      say(asApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title="这份指南有用吗" {...(mean === null ? {} : { note: `${count} 人评价，${mean} 分` })}>
      <Card>
        <View className="useful" id="useful">
          {words.map((word, at) => (
            <Pressable
              key={word}
              id={`useful-${at + 1}`}
              role="radio"
              label={word}
              selected={mine === at + 1}
              className={`useful__choice ${mine === at + 1 ? 'useful__choice--on' : ''}`}
              onPress={() => void give(at + 1)}
            >
              <Text>{word}</Text>
            </Pressable>
          ))}
        </View>
      </Card>
    </Section>
  );
}
