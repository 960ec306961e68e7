import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { Audience } from '../../../../server/areas/matters/contract.ts';
import { loadMatters, loadTopics } from '../../api/matters.ts';
import { useBottom } from '../../platform/hooks.ts';
import { open } from '../../platform/navigation.ts';
import { useLoad } from '../../state/useLoad.ts';
import { usePaged } from '../../state/usePaged.ts';
import { Chips } from '../../ui/Chips.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { MatterRow } from '../../ui/MatterRow.tsx';
import { PagedList } from '../../ui/PagedList.tsx';
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
  const list = usePaged(`${audience}/${topic}`, async (page) => {
    const { matters, total } = await loadMatters({ audience, topic, page });
    return { items: matters, total };
  });
  useBottom(() => {
    if (list.status === 'more') list.next();
  });
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
      {choices.length > 0 && (
        <Chips
          options={[{ key: '', name: '全部' }, ...choices.map(({ id, name }) => ({ key: id, name }))]}
          value={topic}
          onChange={setTopic}
        />
      )}
      <PagedList
        list={list}
        unit="个事项"
        row={(matter) => (
          <MatterRow
            key={matter.id}
            matter={matter}
            onPress={() => void open(`packages/matters/guide/index?id=${matter.id}`)}
          />
        )}
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
