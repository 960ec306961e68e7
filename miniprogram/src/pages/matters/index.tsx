import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { Audience } from '../../../../server/areas/matters/contract.ts';
import { loadTopics } from '../../api/matters.ts';
import { open } from '../../platform/navigation.ts';
import { useLoad } from '../../state/useLoad.ts';
import { Card } from '../../ui/Card.tsx';
import { Cell } from '../../ui/Cell.tsx';
import { Chips } from '../../ui/Chips.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { MatterList } from '../../ui/MatterList.tsx';
import { PageShell } from '../../ui/PageShell.tsx';
import { SearchLink } from '../../ui/SearchBox.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import './index.scss';

const audiences = [
  { key: 'personal', name: '个人办事' },
  { key: 'enterprise', name: '企业办事' },
] as const;

/** All matters of the district, by who asks and by topic. */
export default function MattersPage(): ReactNode {
  const [audience, setAudience] = useState<Audience>('personal');
  const [topic, setTopic] = useState('');
  const topics = useLoad('topics', loadTopics);
  const choices =
    topics.state.status === 'ready'
      ? topics.state.data.topics.filter((each) => each.audience === audience && each.count > 0)
      : [];
  return (
    <PageShell title="办事" tab id="matters">
      <Segmented
        options={audiences}
        value={audience}
        onChange={(key) => {
          setAudience(key);
          setTopic('');
        }}
      />
      <View className="matters__search">
        <SearchLink hint="搜事项，如 居住证" onPress={() => void open('packages/matters/search/index')} />
      </View>
      <View className="matters__bundles">
        <Card>
          <Cell
            id="bundles"
            icon="route"
            title="一件事一次办"
            note="开餐饮店、新生儿出生、退休……要办的事一次看全"
            onPress={() => void open('packages/matters/bundles/index')}
          />
        </Card>
      </View>
      {choices.length > 0 && (
        <Chips
          options={[{ key: '', name: '全部' }, ...choices.map(({ id, name }) => ({ key: id, name }))]}
          value={topic}
          onChange={setTopic}
        />
      )}
      <MatterList
        filter={{ audience, topic }}
        empty={
          <Empty
            icon="guide"
            title="这个主题下还没有事项"
            action="看全部事项"
            onAction={() => setTopic('')}
          />
        }
      />
    </PageShell>
  );
}
