import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { BookingView } from '../../../../server/areas/booking/contract.ts';
import type { PersonView } from '../../../../server/areas/people/contract.ts';
import type { TicketView } from '../../../../server/areas/queue/contract.ts';
import { open } from '../../platform/navigation.ts';
import { enter } from '../../state/person.ts';
import { useCountdown } from '../../state/useCountdown.ts';
import type { Load } from '../../state/useLoad.ts';
import { sayCountdown } from '../../state/when.ts';
import { bookingTone } from '../../ui/bookingState.ts';
import { Card } from '../../ui/Card.tsx';
import { Cell } from '../../ui/Cell.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Pressable } from '../../ui/Pressable.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Tag } from '../../ui/Tag.tsx';
import './Today.scss';
import { TodayTicket } from './TodayTicket.tsx';

/** The one thing that needs the person now: a held place, else the next visit, else what to do first. */
export function Today(props: {
  load: Load<BookingView[]>;
  person: PersonView | null;
  /** Held at this moment, today. */
  tickets: readonly TicketView[];
}): ReactNode {
  const { load, person, tickets } = props;
  const { state, reload } = load;
  if (state.status === 'loading') return <Skeleton rows={2} />;
  if (state.status === 'failed') {
    const { error } = state;
    return (
      <Card>
        {error.signInNeeded ? (
          <Cell
            id="sign-in"
            icon="person"
            title="登录"
            note="登录后可以预约，也能看到您的预约"
            onPress={() => void enter().then((ok) => (ok ? reload() : undefined))}
          />
        ) : (
          <Cell
            icon={error.offline ? 'offline' : 'warn'}
            tone="warn"
            title="您的预约暂时看不到"
            note={`${error.message}点这里再试。`}
            onPress={() => void reload()}
          />
        )}
      </Card>
    );
  }
  const ticketed = new Set(tickets.map((ticket) => ticket.bookingId));
  const bookings = state.data.filter((booking) => !ticketed.has(booking.id));
  const held = bookings.filter((booking) => booking.state === 'held');
  const next = bookings.find((booking) => booking.state !== 'held');
  return (
    <View className="today">
      {person?.level === 0 && (
        <Card tone="accent">
          <Cell
            id="real-name-first"
            icon="shield"
            tone="accent"
            title="先完成实名认证"
            note="认证后才能预约，只需要做一次"
            onPress={() => void open('packages/people/realName/index')}
          />
        </Card>
      )}
      {tickets.map((ticket) => (
        <TodayTicket key={ticket.id} ticket={ticket} />
      ))}
      {held.map((booking) => (
        <HeldCard key={booking.id} booking={booking} />
      ))}
      {next && <NextCard booking={next} more={bookings.length - 1 - held.length} />}
      {held.length === 0 && !next && tickets.length === 0 && (
        <Card>
          <Cell icon="calendar" tone="ink-3" title="近期没有预约" note="约好时间再来，到大厅少等待" />
        </Card>
      )}
    </View>
  );
}

function HeldCard(props: { booking: BookingView }): ReactNode {
  const { booking } = props;
  const left = useCountdown(booking.holdUntil);
  if (left === 0) return null;
  return (
    <Card tone="accent" id="held-card">
      <Cell
        icon="clock"
        tone="accent"
        title={booking.replaces ? '大厅停办，为您另留了时间' : `还没确认：${booking.matter.name}`}
        note={`${booking.replaces ? `${booking.dayLabel} ${booking.start}，` : ''}名额再为您留 ${sayCountdown(left)}`}
        onPress={() => void open(`packages/booking/confirm/index?id=${booking.id}`)}
      />
    </Card>
  );
}

function NextCard(props: { booking: BookingView; more: number }): ReactNode {
  const { booking, more } = props;
  return (
    <Card id="next-booking">
      <Pressable
        className="today__next"
        role="link"
        label={`下一次预约：${booking.dayLabel} ${booking.start}，${booking.matter.name}，${booking.hall.name}`}
        onPress={() => void open(`packages/booking/detail/index?id=${booking.id}`)}
      >
        <View className="today__top">
          <Text className="today__kicker">下一次办事</Text>
          <Tag tone={bookingTone(booking.state)}>{booking.stateLabel}</Tag>
        </View>
        <View className="today__when">
          <Text className="today__time">{booking.start}</Text>
          <Text className="today__day">{booking.dayLabel}</Text>
        </View>
        <Text className="today__matter">{booking.matter.name}</Text>
        <Text className="today__hall">
          {[booking.hall.name, booking.hall.zone].filter(Boolean).join(' · ')}
        </Text>
        <View className="today__show">
          <Icon name="ticket" tone="primary" />
          <Text className="today__showtext">出示预约码</Text>
          <Icon name="chevron" tone="primary" size="s" />
        </View>
      </Pressable>
      {more > 0 && (
        <Pressable
          className="today__more"
          role="link"
          onPress={() => void open('packages/booking/mine/index')}
        >
          <Text>{`另有 ${more} 个预约`}</Text>
        </Pressable>
      )}
    </Card>
  );
}
