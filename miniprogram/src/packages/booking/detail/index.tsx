import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { BookingView } from '../../../../../server/areas/booking/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { cancel, loadBooking } from '../../../api/bookings.ts';
import { loadHall } from '../../../api/halls.ts';
import { loadTickets } from '../../../api/queue.ts';
import { addToCalendar } from '../../../platform/calendar';
import { copy, say } from '../../../platform/gestures.ts';
import { useQuery, useShown } from '../../../platform/hooks.ts';
import { open, withQuery } from '../../../platform/navigation.ts';
import { canShowMap, showOnMap } from '../../../platform/place';
import { hallDay } from '../../../state/hallTime.ts';
import { useCountdown } from '../../../state/useCountdown.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { sayClock, sayInstant } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { bookingTone } from '../../../ui/bookingState.ts';
import { Card, Section } from '../../../ui/Card.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Materials } from '../../../ui/Materials.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { Pass } from '../Pass.tsx';
import { Visit } from '../Visit.tsx';
import './index.scss';

/** One booking. Messages in WeChat lead here: `?id=` is the booking's id or its number. */
export default function BookingPage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, () => loadBooking(id));
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  useShown(() => {
    if (load.state.status === 'ready') void load.reload();
  });
  const giveBack = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      load.set(await cancel(id));
      say('已取消，名额已退回');
    } catch (thrown) {
      setRefused(asApiError(thrown));
      void load.reload();
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };
  return (
    <PageShell title="预约详情" id="booking">
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load}>
        {(booking) => (
          <>
            <Changed booking={booking} />
            <Booking booking={booking} />
            <Actions booking={booking} onCancel={() => setAsking(true)} />
            {asking && (
              <Sheet
                title="取消这个预约"
                action="取消预约"
                leave="先不取消"
                danger
                busy={busy}
                onAction={() => void giveBack()}
                onLeave={() => setAsking(false)}
              >
                <Text>{`${booking.dayLabel} ${booking.start}，${booking.matter.name}。取消后这个名额会马上让给别人，想再来需要重新预约。`}</Text>
              </Sheet>
            )}
          </>
        )}
      </Loaded>
    </PageShell>
  );
}

function Booking(props: { booking: BookingView }): ReactNode {
  const { booking } = props;
  const live = booking.qrText !== null;
  return (
    <>
      <View className="booking__state">
        <Tag tone={bookingTone(booking.state)}>{booking.stateLabel}</Tag>
      </View>
      <Arrive booking={booking} />
      {live && (
        <View className="booking__pass">
          <Pass booking={booking} />
        </View>
      )}
      <Visit booking={booking} />
      {live && (
        <Section title="到时请带上">
          <Card>
            <Materials items={booking.materials} />
          </Card>
        </Section>
      )}
      <Section title="预约信息">
        <Card>
          {booking.number && <Fact name="预约号">{booking.number}</Fact>}
          <Fact name="预约渠道">{booking.channelLabel}</Fact>
          <Fact name="提交时间">{sayInstant(booking.createdAt)}</Fact>
        </Card>
      </Section>
    </>
  );
}

/** What took its place, or what it took the place of. */
function Changed(props: { booking: BookingView }): ReactNode {
  const { state, replaces, replacedBy } = props.booking;
  const detail = (id: string): void => void open(`packages/booking/detail/index?id=${id}`);
  if (state === 'held' && replaces) {
    return (
      <Alert
        tone="primary"
        text="原来的预约被大厅取消，这是为您留的新时间，确认后才算约好。"
        action="看原来的预约"
        onAction={() => detail(replaces)}
      />
    );
  }
  if (!replacedBy) return null;
  return (
    <Alert
      tone="primary"
      text={
        state === 'cancelledByHall' ? '大厅这天停办，已为您另留了一个时间。' : '这个预约已经改到新的时间。'
      }
      action={state === 'cancelledByHall' ? '看为您留的时间' : '看新的预约'}
      onAction={() => detail(replacedBy)}
    />
  );
}

/** At the hall: to the ticket, or first to the check-in. Nothing before the day of the visit. */
function Arrive(props: { booking: BookingView }): ReactNode {
  const { booking } = props;
  const going = booking.state === 'checkedIn' || booking.state === 'serving';
  const ticket = useLoad(`ticket ${booking.id} ${booking.state}`, async () =>
    going ? ((await loadTickets()).tickets.find((each) => each.bookingId === booking.id) ?? null) : null,
  );
  const early = useCountdown(booking.checkInFrom);
  const found = ticket.state.status === 'ready' ? ticket.state.data : null;
  if (found) {
    return (
      <View className="booking__arrive">
        <Button id="see-ticket" onPress={() => void open(`packages/queue/ticket/index?id=${found.id}`)}>
          {`看我的号 ${found.label}`}
        </Button>
      </View>
    );
  }
  if (booking.state !== 'booked' || booking.date !== hallDay()) return null;
  return (
    <View className="booking__arrive">
      <Button
        id="check-in"
        disabled={early > 0}
        onPress={() => void open(`packages/queue/checkIn/index?booking=${booking.id}`)}
      >
        到大厅了，签到取号
      </Button>
      {early > 0 && booking.checkInFrom && (
        <Text className="booking__early">{`${sayClock(booking.checkInFrom)} 起可以签到，不用来得太早`}</Text>
      )}
    </View>
  );
}

async function remember(booking: BookingView): Promise<void> {
  if (!(await addToCalendar(booking))) say('没有加到日历，可在手机设置里允许微信使用日历');
}

/** The map where there is one; else the address, to paste into a map. */
async function showWay(booking: BookingView): Promise<void> {
  try {
    const hall = canShowMap ? await loadHall(booking.hall.id) : null;
    if (hall?.place) await showOnMap(hall);
    else await copy(`${booking.hall.name} ${booking.hall.address}`);
  } catch (thrown) {
    say(asApiError(thrown).message);
  }
}

const over = ['cancelled', 'cancelledByHall', 'expired', 'noShow', 'done'];

function Actions(props: { booking: BookingView; onCancel: () => void }): ReactNode {
  const { booking, onCancel } = props;
  const again = withQuery('packages/booking/time/index', {
    matter: booking.matter.id,
    hall: booking.hall.id,
  });
  return (
    <View className="booking__actions">
      {booking.state === 'held' && (
        <Button id="go-confirm" onPress={() => void open(`packages/booking/confirm/index?id=${booking.id}`)}>
          去确认
        </Button>
      )}
      {booking.canReschedule && (
        <Button
          id="move"
          kind="quiet"
          onPress={() => void open(`packages/booking/move/index?id=${booking.id}`)}
        >
          改时间
        </Button>
      )}
      {booking.state === 'booked' && (
        <>
          <Button id="calendar" kind="quiet" onPress={() => void remember(booking)}>
            加到手机日历
          </Button>
          <Button id="way" kind="quiet" onPress={() => void showWay(booking)}>
            {canShowMap ? '在地图上看大厅' : '复制大厅地址'}
          </Button>
        </>
      )}
      {booking.state === 'noShow' && (
        <Button id="standing" kind="quiet" onPress={() => void open('packages/booking/standing/index')}>
          看爽约记录，可申诉
        </Button>
      )}
      {over.includes(booking.state) && (
        <Button id="again" kind="quiet" onPress={() => void open(again)}>
          再约一次
        </Button>
      )}
      {booking.canCancel && (
        <Button id="cancel" kind="quiet" onPress={onCancel}>
          取消预约
        </Button>
      )}
      {booking.cancelNote && <Text className="booking__note">{booking.cancelNote}</Text>}
    </View>
  );
}
