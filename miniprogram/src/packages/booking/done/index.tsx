import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { loadBooking } from '../../../api/bookings.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { goHome, replace } from '../../../platform/navigation.ts';
import { refreshPerson } from '../../../state/person.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Materials } from '../../../ui/Materials.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Pass } from '../Pass.tsx';
import { Visit } from '../Visit.tsx';
import './index.scss';

/** It worked: the number, the code, where to be when, and what to bring. */
export default function DonePage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, async () => {
    const [booking, person] = await Promise.all([loadBooking(id), refreshPerson()]);
    return { booking, person };
  });
  return (
    <PageShell title="预约成功" id="done">
      <Loaded load={load}>
        {({ booking, person }) => (
          <>
            <View className="done__head">
              <View className="done__mark">
                <Icon name="check" tone="on-primary" />
              </View>
              <Text className="done__title">
                {booking.state === 'booked' ? '约好了' : booking.stateLabel}
              </Text>
              <Text className="done__note">
                {person.follower ? '预约信息也会发到您的微信' : '预约码可随时在“我的预约”里找到'}
              </Text>
            </View>
            <Pass booking={booking} />
            <View className="done__gap" />
            <Visit booking={booking} />
            <Section title="到时请带上">
              <Card>
                <Materials items={booking.materials} />
              </Card>
            </Section>
            <View className="done__actions">
              <Button
                id="see-booking"
                kind="quiet"
                onPress={() => void replace(`packages/booking/detail/index?id=${booking.id}`)}
              >
                看预约详情
              </Button>
              <Button id="go-home" kind="plain" onPress={() => void goHome()}>
                回首页
              </Button>
            </View>
          </>
        )}
      </Loaded>
    </PageShell>
  );
}
