import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { loadTowns } from '../../../api/halls.ts';
import { say } from '../../../platform/gestures.ts';
import { type Position, whereAmI } from '../../../platform/place';
import { useLoad } from '../../../state/useLoad.ts';
import { Button } from '../../../ui/Button.tsx';
import { Chips } from '../../../ui/Chips.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { HallList } from '../../../ui/HallList.tsx';
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
      <HallList
        listKey={`${town}/${q}/${position === null ? '' : 'near'}`}
        filter={{ town, q, ...position }}
        unit="个大厅和服务站"
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
