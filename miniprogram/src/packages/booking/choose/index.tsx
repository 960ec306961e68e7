import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { MatterCard } from '../../../../../server/areas/matters/contract.ts';
import { loadHall, loadHalls } from '../../../api/halls.ts';
import { loadMatter } from '../../../api/matters.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { open, withQuery } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { HallRow } from '../../../ui/HallRow.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { guideOf, MatterList } from '../../../ui/MatterList.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { SearchBox } from '../../../ui/SearchBox.tsx';
import { bookingSteps, Steps } from '../../../ui/Steps.tsx';
import './index.scss';

/**
 * The first steps of booking. Nothing known: choose a matter. `?matter=`: choose a hall for it.
 * `?hall=`: choose a matter of that hall.
 */
export default function ChoosePage(): ReactNode {
  const { matter, hall } = useQuery('matter', 'hall');
  return (
    <PageShell title="预约办事" id="choose">
      <Steps names={bookingSteps} current={matter === '' ? 1 : 2} />
      {matter === '' ? <ChooseMatter hall={hall} /> : <ChooseHall matter={matter} />}
    </PageShell>
  );
}

function ChooseMatter(props: { hall: string }): ReactNode {
  const { hall } = props;
  const [word, setWord] = useState('');
  const place = useLoad(`hall ${hall}`, async () => (hall === '' ? null : await loadHall(hall)));
  const where = place.state.status === 'ready' ? place.state.data?.name : undefined;
  const next = (matter: MatterCard): string => {
    if (!matter.bookable) return guideOf(matter);
    if (hall !== '') return withQuery('packages/booking/time/index', { matter: matter.id, hall });
    return withQuery('packages/booking/choose/index', { matter: matter.id });
  };
  return (
    <>
      <Heading title="您要办什么事" {...(where === undefined ? {} : { note: `在 ${where}` })} />
      <SearchBox value={word} hint="搜事项，如 居住证" onChange={setWord} />
      <View className="choose__list">
        <MatterList
          filter={{ q: word.trim(), hall }}
          typing
          pageOf={next}
          empty={<Empty icon="search" title="没有找到这个事项" note="换个短一点的词试试" />}
        />
      </View>
    </>
  );
}

function ChooseHall(props: { matter: string }): ReactNode {
  const { matter } = props;
  const load = useLoad(matter, async () => {
    const [about, halls] = await Promise.all([loadMatter(matter), loadHalls({ matter })]);
    const zones = new Map(about.halls.map((hall) => [hall.id, hall]));
    const bookable = halls.halls.filter((hall) => hall.bookable && zones.get(hall.id)?.bookable !== false);
    return { about, bookable, zones };
  });
  return (
    <Loaded load={load}>
      {({ about, bookable, zones }) => (
        <>
          <Heading title="去哪个大厅" note={about.name} />
          {bookable.length === 0 ? (
            <Empty
              icon="hall"
              title="这个事项暂不接受预约"
              note="可以直接到大厅取号办理"
              action="看办事指南"
              onAction={() => void open(`packages/matters/guide/index?id=${matter}`)}
            />
          ) : (
            <Card>
              {bookable.map((hall) => {
                const zone = zones.get(hall.id)?.zone;
                return (
                  <HallRow
                    key={hall.id}
                    hall={hall}
                    {...(zone ? { note: `${zone} · ${hall.address}` } : {})}
                    onPress={() =>
                      void open(withQuery('packages/booking/time/index', { matter, hall: hall.id }))
                    }
                  />
                );
              })}
            </Card>
          )}
        </>
      )}
    </Loaded>
  );
}
