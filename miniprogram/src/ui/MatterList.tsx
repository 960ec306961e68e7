import type { ReactNode } from 'react';
import type { MatterCard } from '../../../server/areas/matters/contract.ts';
import { loadMatters, type MatterFilter } from '../api/matters.ts';
import { open } from '../platform/navigation.ts';
import { LongList, typingPause } from './LongList.tsx';
import { MatterRow } from './MatterRow.tsx';

export const guideOf = ({ id }: { readonly id: string }): string => `packages/matters/guide/index?id=${id}`;

/** The matters that fit, each a way to its guide. */
export function MatterList(props: {
  filter: Omit<MatterFilter, 'page'>;
  /** The filter changes with every key that is pressed. */
  typing?: boolean;
  empty: ReactNode;
  /** Where a matter leads; its guide unless said otherwise. */
  pageOf?: (matter: MatterCard) => string;
}): ReactNode {
  const { filter, typing = false, empty, pageOf = guideOf } = props;
  const { audience = '', topic = '', hall = '', q = '' } = filter;
  return (
    <LongList
      listKey={`${audience}/${topic}/${hall}/${q}`}
      delay={typing ? typingPause : 0}
      load={async (page) => {
        const { matters, total } = await loadMatters({ ...filter, page });
        return { items: matters, total };
      }}
      unit="个事项"
      row={(matter) => (
        <MatterRow key={matter.id} matter={matter} onPress={() => void open(pageOf(matter))} />
      )}
      empty={empty}
    />
  );
}
