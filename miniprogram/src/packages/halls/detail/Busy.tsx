import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { HallQueue } from '../../../../../server/areas/queue/contract.ts';
import { loadHallQueue } from '../../../api/queue.ts';
import { useLive } from '../../../state/useLive.ts';
import { sayInstant } from '../../../state/when.ts';
import { Card, Section } from '../../../ui/Card.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { levelTone, sayWait } from '../../../ui/wait.ts';
import './Busy.scss';

/** Busy or free now, a line a kind of window. Without an answer the hall's page simply does without it. */
export function Busy(props: { hall: string }): ReactNode {
  const { hall } = props;
  const { state } = useLive(`queue ${hall}`, () => loadHallQueue(hall), { every: 15_000 });
  if (state.status !== 'ready' || state.data.level === 'closed') return null;
  const queue = state.data;
  const lines = queue.lines.filter((line) => line.windowsOpen > 0 || line.waiting > 0);
  const [, , time] = sayInstant(queue.asOf).split(' ');
  return (
    <Section title="现在排队" note={state.stale ? `没能刷新，这是 ${time} 的情况` : `${time} 更新`}>
      <Card id="hall-busy">
        <View className="busy__head">
          <Tag tone={levelTone(queue.level)}>{queue.levelLabel}</Tag>
          <Text className="busy__total">
            {lines.length === 0 ? '现在没有窗口叫号' : `共 ${count(queue)} 人在等`}
          </Text>
        </View>
        {lines.map((line) => (
          <View className="busy__line" key={`${line.zone} ${line.group}`}>
            <View className="busy__main">
              <Text className="busy__group">{line.group}</Text>
              <Text className="busy__note">{explain(line)}</Text>
            </View>
            <Text className="busy__waiting">{`${line.waiting} 人`}</Text>
          </View>
        ))}
      </Card>
    </Section>
  );
}

const count = (queue: HallQueue): number => queue.lines.reduce((sum, line) => sum + line.waiting, 0);

function explain(line: HallQueue['lines'][number]): string {
  if (line.ticketsOut) return '今天的号已发完';
  if (line.windowsOpen === 0) return '窗口还没有开';
  const wait = line.waiting === 0 ? '不用等' : sayWait(line.wait);
  return [`开 ${line.windowsOpen} 个窗口`, wait].filter(Boolean).join(' · ');
}
