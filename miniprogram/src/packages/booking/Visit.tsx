import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { BookingView } from '../../../../server/areas/booking/contract.ts';
import { open } from '../../platform/navigation.ts';
import { Card } from '../../ui/Card.tsx';
import { Cell } from '../../ui/Cell.tsx';
import './Visit.scss';

/** When and where: the same card on the confirmation, the success page and the booking's own page. */
export function Visit(props: { booking: BookingView }): ReactNode {
  const { booking } = props;
  return (
    <Card>
      <View className="visit">
        <Text className="visit__day">{booking.dayLabel}</Text>
        <Text className="visit__time">{`${booking.start}–${booking.end}`}</Text>
      </View>
      {booking.served && (
        <Cell
          icon={booking.served.kind === 'enterprise' ? 'enterprise' : 'person'}
          title={booking.byAnother ? '别人替您约的' : `替 ${booking.served.name} 约`}
        />
      )}
      <Cell
        icon="guide"
        title={booking.matter.name}
        onPress={() => void open(`packages/matters/guide/index?id=${booking.matter.id}`)}
      />
      <Cell
        icon="pin"
        title={booking.hall.name}
        note={[booking.hall.zone, booking.hall.address].filter(Boolean).join(' · ')}
        onPress={() => void open(`packages/halls/detail/index?id=${booking.hall.id}`)}
      />
      {booking.priority && (
        <Cell
          icon="shield"
          title={`优先办理：${booking.priority.label}`}
          note={`请带上${booking.priority.proof}`}
        />
      )}
    </Card>
  );
}
