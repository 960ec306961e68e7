import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { useQuery } from '../../../platform/hooks.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { HallList } from '../../../ui/HallList.tsx';
import { MatterList } from '../../../ui/MatterList.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { SearchBox } from '../../../ui/SearchBox.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import './index.scss';

const kinds = [
  { key: 'matters', name: '事项' },
  { key: 'halls', name: '大厅' },
] as const;

/** Searches while one types. `?audience=enterprise` opens it on the matters of firms. */
export default function SearchPage(): ReactNode {
  const { audience, q: asked } = useQuery('audience', 'q');
  const [word, setWord] = useState(asked);
  const q = word.trim();
  const [kind, setKind] = useState<'matters' | 'halls'>('matters');
  const enterprise = audience === 'enterprise';
  return (
    <PageShell title={enterprise ? '企业办事' : '搜索'} id="search">
      <View className="search__box">
        <SearchBox
          value={word}
          hint={enterprise ? '搜企业事项，如 食品经营' : '搜事项或大厅，如 居住证'}
          focus={!enterprise}
          onChange={setWord}
        />
      </View>
      {!enterprise && <Segmented options={kinds} value={kind} onChange={setKind} />}
      <View className="search__results">
        {kind === 'matters' ? (
          <MatterList
            filter={{ q, ...(enterprise ? { audience: 'enterprise' as const } : {}) }}
            typing
            empty={
              <Empty icon="search" title={`没有找到“${q}”`} note="换个短一点的词试试，比如只输“居住证”" />
            }
          />
        ) : (
          <HallList
            listKey={q}
            filter={{ q }}
            unit="个大厅"
            empty={<Empty icon="hall" title={`没有找到“${q}”`} note="可以搜镇街或村居的名字" />}
          />
        )}
      </View>
    </PageShell>
  );
}
