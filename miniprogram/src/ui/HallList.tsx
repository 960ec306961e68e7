import type { ReactNode } from 'react';
import { type HallFilter, loadHalls } from '../api/halls.ts';
import { open } from '../platform/navigation.ts';
import { HallRow } from './HallRow.tsx';
import { LongList, typingPause } from './LongList.tsx';

/** The halls that fit, each a way to its page. `listKey` names the filter. */
export function HallList(props: {
  listKey: string;
  filter: Omit<HallFilter, 'page'>;
  unit: string;
  empty: ReactNode;
}): ReactNode {
  return (
    <LongList
      listKey={props.listKey}
      delay={typingPause}
      load={async (page) => {
        const { halls, total } = await loadHalls({ ...props.filter, page });
        return { items: halls, total };
      }}
      unit={props.unit}
      row={(hall) => (
        <HallRow
          key={hall.id}
          hall={hall}
          onPress={() => void open(`packages/halls/detail/index?id=${hall.id}`)}
        />
      )}
      empty={props.empty}
    />
  );
}
