import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { BookingView } from '../../../../../server/areas/booking/contract.ts';
import { loadBookings, loadStanding, loadWaits } from '../../../api/bookings.ts';
import { endPullDown, usePullDown, useShown } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { refreshPerson } from '../../../state/person.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { sayInstant } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { bookingTone } from '../../../ui/bookingState.ts';
import { Card } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import './index.scss';

const views = [
  { key: 'open', name: '待办理' },
  { key: 'past', name: '已结束' },
] as const;

/** All bookings of the person: those to come, and those that are over. */
export default function MyBookingsPage(): ReactNode {
  const [view, setView] = useState<'open' | 'past'>('open');
  const load = useLoad(view, async () => (await Promise.all([loadBookings(view), refreshPerson()]))[0]);
  useShown(() => {
    if (load.state.status !== 'loading') void load.reload();
  });
  usePullDown(() => {
    void load.reload().finally(endPullDown);
  });
  return (
    <PageShell title="我的预约" id="mine">
      <Standing />
      <Waits />
      <Segmented options={views} value={view} onChange={setView} />
      <Loaded load={load} rows={3}>
        {({ bookings }) =>
          bookings.length === 0 ? (
            <None view={view} />
          ) : (
            <View className="mine__list">
              {bookings.map((booking) => (
                <BookingCard key={booking.id} booking={booking} />
              ))}
            </View>
          )
        }
      </Loaded>
      <View className="mine__more">
        <Card>
          <Cell
            icon="person"
            title="代办授权"
            note="替家人约，或让家人替您约"
            onPress={() => void open('packages/booking/proxies/index')}
            id="proxies-cell"
          />
        </Card>
      </View>
    </PageShell>
  );
}

/** Only when something counts against the person: what it means, and where to object. */
function Standing(): ReactNode {
  const { state } = useLoad('standing', loadStanding);
  if (state.status !== 'ready') return null;
  const { pausedUntil, note } = state.data;
  if (!pausedUntil && !note) return null;
  const text = pausedUntil ? `网上预约暂停到 ${sayInstant(pausedUntil)}，仍可到大厅现场取号。` : note;
  return (
    <Alert
      tone="warn"
      text={text ?? ''}
      action="看记录，可申诉"
      onAction={() => void open('packages/booking/standing/index')}
    />
  );
}

/** Only when the person waits for something: an offer is said aloud, because its time runs. */
function Waits(): ReactNode {
  const load = useLoad('waits', loadWaits);
  const { state } = load;
  useShown(() => {
    if (load.state.status === 'ready') void load.reload();
  });
  if (state.status !== 'ready') return null;
  const { waits } = state.data;
  const see = (): void => void open('packages/booking/waits/index');
  if (waits.some((each) => each.state === 'offered')) {
    return <Alert tone="warn" text="候补有名额了，请在保留时间内确认。" action="去确认" onAction={see} />;
  }
  const waiting = waits.filter((each) => each.state === 'waiting').length;
  if (waiting === 0) return null;
  return (
    <View className="mine__waits">
      <Card>
        <Cell icon="clock" title="我的候补" value={`${waiting} 个`} onPress={see} id="waits-cell" />
      </Card>
    </View>
  );
}

function None(props: { view: 'open' | 'past' }): ReactNode {
  if (props.view === 'past') return <Empty icon="ticket" title="还没有办过的预约" />;
  return (
    <Empty
      icon="ticket"
      title="还没有预约"
      note="约好时间再来，到大厅少等待"
      action="去预约"
      onAction={() => void open('packages/booking/choose/index')}
    />
  );
}

/** Said where it was not booked here. */
const elsewhere = ({ channelLabel }: BookingView): string | null =>
  channelLabel.startsWith('微信') ? null : `来自${channelLabel}`;

function BookingCard(props: { booking: BookingView }): ReactNode {
  const { booking } = props;
  const page = booking.state === 'held' ? 'packages/booking/confirm/index' : 'packages/booking/detail/index';
  return (
    <Card>
      <Pressable
        className="mine__card"
        role="link"
        label={`${booking.dayLabel} ${booking.start}，${booking.matter.name}，${booking.stateLabel}`}
        onPress={() => void open(`${page}?id=${booking.id}`)}
      >
        <View className="mine__top">
          <Text className="mine__when">{`${booking.dayLabel} ${booking.start}`}</Text>
          <Tag tone={bookingTone(booking.state)}>{booking.stateLabel}</Tag>
        </View>
        <Text className="mine__matter">
          {booking.served && !booking.byAnother
            ? `${booking.matter.name} · 替 ${booking.served.name}`
            : booking.matter.name}
        </Text>
        <Text className="mine__hall">
          {[booking.hall.name, booking.hall.zone, elsewhere(booking)].filter(Boolean).join(' · ')}
        </Text>
      </Pressable>
    </Card>
  );
}
