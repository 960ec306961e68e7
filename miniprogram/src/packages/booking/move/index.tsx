import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { BookingView } from '../../../../../server/areas/booking/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { loadBooking, loadDays, loadSlots, reschedule } from '../../../api/bookings.ts';
import { say } from '../../../platform/gestures.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { replace } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { DayPicker } from '../time/DayPicker.tsx';
import { SlotPicker } from '../time/SlotPicker.tsx';

/** Another time for the same visit. The old place stays until the new one is won. `?id=` */
export default function MovePage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, () => loadBooking(id));
  return (
    <PageShell title="改时间" id="move">
      <Loaded load={load}>{(booking) => <Move booking={booking} />}</Loaded>
    </PageShell>
  );
}

function Move(props: { booking: BookingView }): ReactNode {
  const { booking } = props;
  const { matter, hall } = booking;
  const [date, setDate] = useState('');
  const [start, setStart] = useState('');
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const days = useLoad(booking.id, async () => {
    const found = await loadDays(matter.id, hall.id);
    setDate((old) => old || (found.days.find((day) => day.state === 'open')?.date ?? ''));
    return found;
  });
  const slots = useLoad(`${booking.id}/${date}`, async () =>
    date === '' ? null : await loadSlots(matter.id, hall.id, date),
  );
  const day =
    days.state.status === 'ready' ? days.state.data.days.find((each) => each.date === date) : undefined;
  const same = date === booking.date && start === booking.start;
  const move = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      const moved = await reschedule(booking.id, { date, start });
      say('已改好');
      await replace(`packages/booking/detail/index?id=${moved.id}`);
    } catch (thrown) {
      setRefused(asApiError(thrown));
      setStart('');
      void days.reload();
      void slots.reload();
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };
  return (
    <>
      <Heading
        title="改到什么时候"
        note={`现在约的是 ${booking.dayLabel} ${booking.start}，没改成之前一直为您留着`}
      />
      {refused && (
        <Alert tone="bad" text={`${refused.message}原来的预约没有变。`} reference={refused.reference} />
      )}
      <Loaded load={days} rows={2}>
        {(found) =>
          found.days.some((each) => each.state === 'open') ? (
            <>
              <DayPicker
                days={found.days}
                value={date}
                onChange={(next) => {
                  setDate(next);
                  setStart('');
                  setRefused(null);
                }}
              />
              {date !== '' && (
                <Loaded load={slots} rows={3}>
                  {(list) =>
                    list === null ? null : <SlotPicker slots={list.slots} value={start} onChange={setStart} />
                  }
                </Loaded>
              )}
            </>
          ) : (
            <Empty icon="calendar" title="近期没有空位可改" note="原来的预约还在，可以按时前来" />
          )
        }
      </Loaded>
      {day?.state === 'open' && (
        <View style={{ padding: '28px 16px 0' }}>
          <Button id="move-to" disabled={start === '' || same} onPress={() => setAsking(true)}>
            {start === '' ? '请选一个时段' : same ? '这就是现在约的时间' : `改到 ${day.label} ${start}`}
          </Button>
        </View>
      )}
      {asking && day && (
        <Sheet
          title="改时间"
          action="改到这个时间"
          leave="再想想"
          busy={busy}
          onAction={() => void move()}
          onLeave={() => setAsking(false)}
        >
          <Text>{`从 ${booking.dayLabel} ${booking.start} 改到 ${day.label} ${start}。改好后原来的名额会让给别人，预约号也会换新的。`}</Text>
        </Sheet>
      )}
    </>
  );
}
