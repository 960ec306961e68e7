import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { loadHalls, loadTowns } from '../../../api/halls.ts';
import { say } from '../../../platform/gestures.ts';
import { useBottom } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { type Position, whereAmI } from '../../../platform/place';
import { useLoad } from '../../../state/useLoad.ts';
import { usePaged } from '../../../state/usePaged.ts';
import { Button } from '../../../ui/Button.tsx';
import { Chips } from '../../../ui/Chips.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { HallRow } from '../../../ui/HallRow.tsx';
import { PagedList } from '../../../ui/PagedList.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { SearchBox } from '../../../ui/SearchBox.tsx';
import './index.scss';

/** Every hall and station, by town, by name, or by how near it is. */
export default function HallsPage(): ReactNode {
  const [town, setTown] = useState('');
  const [word, setWord] = useState('');
  const [position, setPosition] = useState<Position | null>(null);
  const towns = useLoad('towns', loadTowns);
  const q = word.trim();
  const list = usePaged(
    `${town}/${q}/${position === null ? '' : 'near'}`,
    async (page) => {
      const found = await loadHalls({ town, q, page, ...position });
      return { items: found.halls, total: found.total };
    },
    250,
  );
  useBottom(() => {
    if (list.status === 'more') list.next();
  });
  const sortByDistance = async (): Promise<void> => {
    const here = await whereAmI();
    if (here) setPosition(here);
    else say('没有拿到您的位置，可在手机设置里允许');
  };
  const choices = towns.state.status === 'ready' ? towns.state.data.towns : [];
  return (
    <PageShell title="办事大厅" id="halls">
      <View className="halls__search">
        <SearchBox value={word} hint="搜大厅或镇街，如 新塘" onChange={setWord} />
      </View>
      <Chips
        options={[{ key: '', name: '全区' }, ...choices.map(({ code, name }) => ({ key: code, name }))]}
        value={town}
        onChange={setTown}
      />
      <PagedList
        list={list}
        unit="个大厅和服务站"
        row={(hall) => (
          <HallRow
            key={hall.id}
            hall={hall}
            onPress={() => void open(`packages/halls/detail/index?id=${hall.id}`)}
          />
        )}
        empty={<Empty icon="hall" title="没有找到大厅" note="换个名字，或在上面选“全区”" />}
      />
      {position === null && (
        <View className="halls__near">
          <Button kind="plain" size="small" onPress={() => void sortByDistance()}>
            按离我远近排
          </Button>
        </View>
      )}
    </PageShell>
  );
}
