import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { Audience } from '../../../../../server/areas/matters/contract.ts';
import { loadHalls } from '../../../api/halls.ts';
import { loadMatters } from '../../../api/matters.ts';
import { useBottom, useQuery } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { usePaged } from '../../../state/usePaged.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { HallRow } from '../../../ui/HallRow.tsx';
import { MatterRow } from '../../../ui/MatterRow.tsx';
import { PagedList } from '../../../ui/PagedList.tsx';
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
  const { audience, q } = useQuery('audience', 'q');
  const [word, setWord] = useState(q);
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
          <FoundMatters word={word.trim()} {...(enterprise ? { audience: 'enterprise' as const } : {})} />
        ) : (
          <FoundHalls word={word.trim()} />
        )}
      </View>
    </PageShell>
  );
}

const typingPause = 250;

function FoundMatters(props: { word: string; audience?: Audience }): ReactNode {
  const { word, audience } = props;
  const list = usePaged(
    `${word}/${audience}`,
    async (page) => {
      const found = await loadMatters({ q: word, page, ...(audience ? { audience } : {}) });
      return { items: found.matters, total: found.total };
    },
    typingPause,
  );
  useBottom(() => {
    if (list.status === 'more') list.next();
  });
  return (
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
      empty={<Empty icon="search" title={`没有找到“${word}”`} note="换个短一点的词试试，比如只输“居住证”" />}
    />
  );
}

function FoundHalls(props: { word: string }): ReactNode {
  const { word } = props;
  const list = usePaged(
    word,
    async (page) => {
      const found = await loadHalls({ q: word, page });
      return { items: found.halls, total: found.total };
    },
    typingPause,
  );
  useBottom(() => {
    if (list.status === 'more') list.next();
  });
  return (
    <PagedList
      list={list}
      unit="个大厅"
      row={(hall) => (
        <HallRow
          key={hall.id}
          hall={hall}
          onPress={() => void open(`packages/halls/detail/index?id=${hall.id}`)}
        />
      )}
      empty={<Empty icon="hall" title={`没有找到“${word}”`} note="可以搜镇街或村居的名字" />}
    />
  );
}
