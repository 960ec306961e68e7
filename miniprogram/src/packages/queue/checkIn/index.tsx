import { Input, Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { BookingView } from '../../../../../server/areas/booking/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { loadBooking } from '../../../api/bookings.ts';
import { checkIn } from '../../../api/queue.ts';
import { say } from '../../../platform/gestures.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { replace } from '../../../platform/navigation.ts';
import { whereAmI } from '../../../platform/place';
import { canScan, scan } from '../../../platform/scan';
import { useLoad } from '../../../state/useLoad.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import './index.scss';

type Way = 'scan' | 'place' | 'text';

/** Turns a booking into a ticket at the hall: by its poster's code, or by where the phone is. `?booking=` */
export default function CheckInPage(): ReactNode {
  const { booking: id } = useQuery('booking');
  const load = useLoad(id, () => loadBooking(id));
  const [busy, setBusy] = useState<Way | null>(null);
  const [refused, setRefused] = useState<ApiError | null>(null);

  const arrive = async (way: Way, proof: () => Promise<Proof | null>): Promise<void> => {
    setBusy(way);
    setRefused(null);
    try {
      const found = await proof();
      if (found === null) return;
      const ticket = await checkIn({ booking: id, ...found });
      await replace(`packages/queue/ticket/index?id=${ticket.id}`);
    } catch (thrown) {
      setRefused(asApiError(thrown));
    } finally {
      setBusy(null);
    }
  };
  return (
    <PageShell title="签到取号" id="check-in">
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load} rows={2}>
        {(booking) => (
          <>
            <Heading title="到大厅了吗" note="签到后才有排队号，预约时间前 30 分钟可以签到" />
            <Visit booking={booking} />
            <View className="checkin__ways">
              {canScan && (
                <Button
                  id="by-scan"
                  busy={busy === 'scan'}
                  disabled={busy !== null}
                  onPress={() => void arrive('scan', byScan)}
                >
                  扫大厅签到码
                </Button>
              )}
              <Button
                id="by-place"
                kind={canScan ? 'quiet' : 'primary'}
                busy={busy === 'place'}
                disabled={busy !== null}
                onPress={() => void arrive('place', byPlace)}
              >
                我在大厅，用位置签到
              </Button>
              <Text className="checkin__note">位置只用来确认您在大厅 500 米内，不会保存</Text>
            </View>
            {!canScan && (
              <ByText
                busy={busy === 'text'}
                onSend={(text) => void arrive('text', async () => ({ hallQr: text }))}
              />
            )}
            <Section title="不用手机也可以">
              <Card>
                <Text className="checkin__other">
                  {`在取号机上扫预约码${booking.number ? `，或输入预约号 ${booking.number}` : ''}；也可以到咨询台请工作人员帮您。`}
                </Text>
              </Card>
            </Section>
          </>
        )}
      </Loaded>
    </PageShell>
  );
}

type Proof = { hallQr: string } | { place: { latitude: number; longitude: number } };

async function byScan(): Promise<Proof | null> {
  const text = await scan();
  return text === null ? null : { hallQr: text };
}

async function byPlace(): Promise<Proof | null> {
  const here = await whereAmI();
  if (here === null) {
    say('没有拿到您的位置，请在手机设置里允许，或用别的方式签到');
    return null;
  }
  return { place: { latitude: here.latitude, longitude: here.longitude } };
}

function Visit(props: { booking: BookingView }): ReactNode {
  const { booking } = props;
  return (
    <Card>
      <View className="checkin__visit">
        <Text className="checkin__time">{`${booking.start}–${booking.end}`}</Text>
        <Text className="checkin__day">{booking.dayLabel}</Text>
        <Text className="checkin__matter">{booking.matter.name}</Text>
        <Text className="checkin__hall">
          {[booking.hall.name, booking.hall.zone].filter(Boolean).join(' · ')}
        </Text>
      </View>
    </Card>
  );
}

/** On the web: WeChat's own scanner shows the poster's text, which is pasted here. */
function ByText(props: { busy: boolean; onSend: (text: string) => void }): ReactNode {
  const [text, setText] = useState('');
  return (
    <Section title="用签到码签到" note="微信扫一扫后复制文字">
      <Card>
        <View className="checkin__text">
          <Input
            id="hall-qr"
            className="checkin__input"
            type="text"
            maxlength={120}
            value={text}
            placeholder="粘贴签到码上的文字"
            placeholderClass="checkin__hint"
            aria-label="签到码上的文字"
            onInput={(event) => setText(event.detail.value)}
          />
          <Button
            id="by-text"
            kind="quiet"
            size="small"
            busy={props.busy}
            disabled={text.trim() === ''}
            onPress={() => props.onSend(text.trim())}
          >
            签到
          </Button>
        </View>
      </Card>
    </Section>
  );
}
