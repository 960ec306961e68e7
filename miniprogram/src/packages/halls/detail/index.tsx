import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { HallView } from '../../../../../server/areas/halls/contract.ts';
import { loadHall } from '../../../api/halls.ts';
import { call, copy } from '../../../platform/gestures.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { canShowMap, showOnMap } from '../../../platform/place';
import { useLoad } from '../../../state/useLoad.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { Busy } from './Busy.tsx';
import { groupWindows } from './groupWindows.ts';
import './index.scss';

/** A hall: open or not, how to get there, when, and what is where inside. */
export default function HallPage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, () => loadHall(id));
  const hall = load.state.status === 'ready' ? load.state.data : null;
  const foot = hall?.bookable ? (
    <Button id="book-here" onPress={() => void open(`packages/booking/choose/index?hall=${hall.id}`)}>
      预约到这里办事
    </Button>
  ) : undefined;
  return (
    <PageShell title="大厅详情" id="hall" foot={foot}>
      <Loaded load={load}>{(found) => <Hall hall={found} />}</Loaded>
    </PageShell>
  );
}

function Hall(props: { hall: HallView }): ReactNode {
  const { hall } = props;
  const { phone } = hall;
  const findIt =
    canShowMap && hall.place ? () => void showOnMap(hall) : () => void copy(`${hall.name} ${hall.address}`);
  return (
    <>
      <View className="hall__head">
        <Text className="hall__name">{hall.name}</Text>
        <View className="hall__now">
          <Tag tone={hall.openNow ? 'good' : 'neutral'}>{hall.openNow ? '办公中' : '现在不办公'}</Tag>
          <Text className="hall__today">{hall.hoursToday}</Text>
        </View>
      </View>
      <Card>
        <Cell
          icon="pin"
          title={hall.address}
          note={canShowMap && hall.place ? '点开看地图' : '点一下复制地址'}
          onPress={findIt}
        />
        {phone && <Cell icon="phone" title={phone} note="点一下拨打" onPress={() => void call(phone)} />}
        {hall.transport && <Cell icon="route" title="怎么去" note={hall.transport} />}
        <Cell
          icon="guide"
          title="这里能办的事"
          value={`${hall.matterCount} 项`}
          onPress={() => void open(`packages/booking/choose/index?hall=${hall.id}`)}
        />
      </Card>
      {hall.bookable && <Busy hall={hall.id} />}
      <Section title="办公时间">
        <Card>
          {hall.hoursWeek.map((line) => (
            <Fact key={line.days} name={line.days}>
              {line.hours}
            </Fact>
          ))}
        </Card>
      </Section>
      {hall.zones.map((zone) => (
        <Section key={zone.code} title={zone.name} note={zone.floor}>
          <Card>
            {groupWindows(zone.windows).map((group) => (
              <View className="hall__group" key={group.numbers}>
                <View className="hall__line">
                  <Text className="hall__window">{group.name}</Text>
                  <Text className="hall__numbers">{`${group.numbers} 号窗口`}</Text>
                </View>
                {group.departments.length > 0 && (
                  <Text className="hall__departments">{group.departments.join('、')}</Text>
                )}
              </View>
            ))}
          </Card>
        </Section>
      ))}
      {hall.departments.length > 0 && (
        <Section title="进驻单位">
          <Card>
            <Text className="hall__units">{hall.departments.join('、')}</Text>
          </Card>
        </Section>
      )}
    </>
  );
}
