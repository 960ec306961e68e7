import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { loadHall, loadHalls } from '../../../api/halls.ts';
import { loadMatter, loadMatters } from '../../../api/matters.ts';
import { useBottom, useQuery } from '../../../platform/hooks.ts';
import { open, withQuery } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { usePaged } from '../../../state/usePaged.ts';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { HallRow } from '../../../ui/HallRow.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { MatterRow } from '../../../ui/MatterRow.tsx';
import { PagedList } from '../../../ui/PagedList.tsx';
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
  const list = usePaged(
    `${hall}/${word.trim()}`,
    async (page) => {
      const found = await loadMatters({ q: word.trim(), page, ...(hall === '' ? {} : { hall }) });
      return { items: found.matters, total: found.total };
    },
    250,
  );
  useBottom(() => {
    if (list.status === 'more') list.next();
  });
  const where = place.state.status === 'ready' ? place.state.data?.name : undefined;
  const choose = (id: string, bookable: boolean): void => {
    if (!bookable) void open(`packages/matters/guide/index?id=${id}`);
    else if (hall !== '') void open(withQuery('packages/booking/time/index', { matter: id, hall }));
    else void open(withQuery('packages/booking/choose/index', { matter: id }));
  };
  return (
    <>
      <Heading title="您要办什么事" {...(where === undefined ? {} : { note: `在 ${where}` })} />
      <SearchBox value={word} hint="搜事项，如 居住证" onChange={setWord} />
      <View className="choose__list">
        <PagedList
          list={list}
          unit="个事项"
          row={(matter) => (
            <MatterRow key={matter.id} matter={matter} onPress={() => choose(matter.id, matter.bookable)} />
          )}
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
