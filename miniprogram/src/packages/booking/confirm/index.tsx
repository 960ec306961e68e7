import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { BookingView } from '../../../../../server/areas/booking/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { cancel, confirm, loadBooking } from '../../../api/bookings.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { goBack, open, replace, withQuery } from '../../../platform/navigation.ts';
import { useCountdown } from '../../../state/useCountdown.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { sayCountdown } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Chips } from '../../../ui/Chips.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Materials } from '../../../ui/Materials.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { bookingSteps, Steps } from '../../../ui/Steps.tsx';
import { Visit } from '../Visit.tsx';
import './index.scss';

/** The last look before a booking is made: when, where, what to bring, and how long the place is kept. */
export default function ConfirmPage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, () => loadBooking(id));
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState<'confirm' | 'release' | null>(null);
  const [priority, setPriority] = useState('');
  const booking = load.state.status === 'ready' ? load.state.data : null;
  const left = useCountdown(booking?.holdUntil ?? null);
  const held = booking?.state === 'held' && left > 0;

  const attempt = async (kind: 'confirm' | 'release', run: () => Promise<void>): Promise<void> => {
    setBusy(kind);
    setRefused(null);
    try {
      await run();
    } catch (thrown) {
      setRefused(asApiError(thrown));
      void load.reload();
    } finally {
      setBusy(null);
    }
  };
  const book = (): Promise<void> =>
    attempt('confirm', async () => {
      await confirm(id, priority || undefined);
      await replace(`packages/booking/done/index?id=${id}`);
    });
  const release = (): Promise<void> =>
    attempt('release', async () => {
      await cancel(id);
      await goBack();
    });
  const foot = held ? (
    <View className="confirm__foot">
      <View className="confirm__leave">
        <Button
          id="release"
          kind="plain"
          busy={busy === 'release'}
          disabled={busy !== null}
          onPress={() => void release()}
        >
          不约了
        </Button>
      </View>
      <View className="confirm__go">
        <Button id="confirm" busy={busy === 'confirm'} disabled={busy !== null} onPress={() => void book()}>
          确认预约
        </Button>
      </View>
    </View>
  ) : undefined;
  return (
    <PageShell title="确认预约" id="confirm-page" foot={foot}>
      <Steps names={bookingSteps} current={4} />
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load}>
        {(found) =>
          held ? (
            <Held booking={found} left={left} priority={priority} onPriority={setPriority} />
          ) : (
            <NotHeld booking={found} />
          )
        }
      </Loaded>
    </PageShell>
  );
}

function Held(props: {
  booking: BookingView;
  left: number;
  priority: string;
  onPriority: (id: string) => void;
}): ReactNode {
  const { booking, left, priority, onPriority } = props;
  const group = booking.priorityChoices.find((each) => each.id === priority);
  return (
    <>
      <Heading title="核对一下" />
      <View className="confirm__hold">
        <Text>名额为您保留，请尽快确认</Text>
        <Text className="confirm__left">{sayCountdown(left)}</Text>
      </View>
      <Visit booking={booking} />
      <Section title="到时请带上">
        <Card>
          <Materials items={booking.materials} />
        </Card>
      </Section>
      {booking.priorityChoices.length > 0 && (
        <Section title="优先办理" note="不是这些情况不用选">
          <Chips
            options={[
              { key: '', name: '不需要' },
              ...booking.priorityChoices.map(({ id, label }) => ({ key: id, name: label })),
            ]}
            value={priority}
            onChange={onPriority}
          />
          {group && (
            <Text className="confirm__proof">{`到窗口请出示${group.proof}，不用上传。没有带的按普通号办理。`}</Text>
          )}
        </Section>
      )}
    </>
  );
}

/** The page was opened late or twice: says what became of the hold and where to go. */
function NotHeld(props: { booking: BookingView }): ReactNode {
  const { booking } = props;
  const again = withQuery('packages/booking/time/index', {
    matter: booking.matter.id,
    hall: booking.hall.id,
  });
  if (booking.state === 'held' || booking.state === 'expired') {
    return (
      <Empty
        icon="clock"
        title="保留的名额已过期"
        note="没有生成预约，请重新选一个时段"
        action="重新选时间"
        onAction={() => void replace(again)}
      />
    );
  }
  return (
    <Empty
      icon="ticket"
      title={`这个预约${booking.stateLabel}`}
      action="看预约详情"
      onAction={() => void open(`packages/booking/detail/index?id=${booking.id}`)}
    />
  );
}
