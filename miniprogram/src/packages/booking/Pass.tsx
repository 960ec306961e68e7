import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { BookingView } from '../../../../server/areas/booking/contract.ts';
import { Card } from '../../ui/Card.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import './Pass.scss';

/** What is shown at the hall: the code and the number to read out. Nothing once the booking has ended. */
export function Pass(props: { booking: BookingView }): ReactNode {
  const { number, qrText } = props.booking;
  if (number === null || qrText === null) return null;
  return (
    <Card>
      <View className="pass">
        <QrCode text={qrText} label={`预约码，预约号 ${number}`} />
        <Text className="pass__caption">预约号</Text>
        <Text className="pass__number" id="booking-number" selectable>
          {number}
        </Text>
        <Text className="pass__hint">到大厅后出示这个码，或报预约号</Text>
      </View>
    </Card>
  );
}
