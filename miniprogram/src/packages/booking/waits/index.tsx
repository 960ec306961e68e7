import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { WaitState, WaitView } from '../../../../../server/areas/booking/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { leaveWait, loadWaits } from '../../../api/bookings.ts';
import { say } from '../../../platform/gestures.ts';
import { endPullDown, usePullDown, useShown } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { refreshPerson } from '../../../state/person.ts';
import { useCountdown } from '../../../state/useCountdown.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { sayCountdown } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import type { Tone } from '../../../ui/tone.ts';
import './index.scss';

/** What the person waits for: how many are in front, and an offer with the time that is left for it. */
export default function WaitsPage(): ReactNode {
  const load = useLoad('waits', async () => (await Promise.all([loadWaits(), refreshPerson()]))[0]);
  const [leaving, setLeaving] = useState<WaitView | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  useShown(() => {
    if (load.state.status !== 'loading') void load.reload();
  });
  usePullDown(() => {
    void load.reload().finally(endPullDown);
  });
  const leave = async (wait: WaitView): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      await leaveWait(wait.id);
      say('已退出候补');
    } catch (thrown) {
      setRefused(asApiError(thrown));
    } finally {
      setBusy(false);
      setLeaving(null);
      void load.reload();
    }
  };
  return (
    <PageShell title="我的候补" id="waits">
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load} rows={2}>
        {({ waits }) =>
          waits.length === 0 ? (
            <Empty
              icon="clock"
              title="没有候补"
              note="想要的时段约满时，可以候补；有人让出名额就通知您"
              action="去预约"
              onAction={() => void open('packages/booking/choose/index')}
            />
          ) : (
            <View className="waits__list">
              {waits.map((wait) => (
                <WaitCard key={wait.id} wait={wait} onLeave={() => setLeaving(wait)} />
              ))}
            </View>
          )
        }
      </Loaded>
      {leaving && (
        <Sheet
          title="退出候补"
          action="退出候补"
          leave="继续候补"
          danger
          busy={busy}
          onAction={() => void leave(leaving)}
          onLeave={() => setLeaving(null)}
        >
          <Text>{`${whenOf(leaving)}，${leaving.matter.name}。退出后排队的先后不保留，想再候补要从后面排起。`}</Text>
        </Sheet>
      )}
    </PageShell>
  );
}

const whenOf = (wait: WaitView): string => `${wait.dayLabel} ${wait.start ?? '任意时段'}`;

const tones: Record<WaitState, Tone> = {
  waiting: 'primary',
  offered: 'accent',
  accepted: 'good',
  declined: 'neutral',
  passed: 'neutral',
  left: 'neutral',
  closed: 'neutral',
};

function WaitCard(props: { wait: WaitView; onLeave: () => void }): ReactNode {
  const { wait, onLeave } = props;
  return (
    <Card tone={wait.state === 'offered' ? 'accent' : 'plain'}>
      <View className="waits__card">
        <View className="waits__top">
          <Text className="waits__when">{whenOf(wait)}</Text>
          <Tag tone={tones[wait.state]}>{wait.stateLabel}</Tag>
        </View>
        <Text className="waits__matter">{wait.matter.name}</Text>
        <Text className="waits__hall">{[wait.hall.name, wait.hall.zone].filter(Boolean).join(' · ')}</Text>
        {wait.state === 'waiting' && (
          <>
            <Text className="waits__line">
              {wait.ahead === 0 ? '您排在第一位，有名额就先通知您' : `前面还有 ${wait.ahead} 人`}
            </Text>
            <View className="waits__ways">
              <Button id={`leave-${wait.id}`} kind="quiet" size="small" onPress={onLeave}>
                退出候补
              </Button>
            </View>
          </>
        )}
        {wait.state === 'offered' && <Offer wait={wait} />}
        {wait.state === 'accepted' && wait.bookingId && (
          <View className="waits__ways">
            <Button
              kind="quiet"
              size="small"
              onPress={() => void open(`packages/booking/detail/index?id=${wait.bookingId}`)}
            >
              看预约
            </Button>
          </View>
        )}
        {wait.note && <Text className="waits__line">{wait.note}</Text>}
      </View>
    </Card>
  );
}

function Offer(props: { wait: WaitView }): ReactNode {
  const { wait } = props;
  const left = useCountdown(wait.offerUntil);
  if (left === 0) return <Text className="waits__line">保留时间已过，名额让给了下一位</Text>;
  return (
    <>
      <Text className="waits__line">{`名额为您保留 ${sayCountdown(left)}`}</Text>
      <View className="waits__ways">
        <Button id="accept" onPress={() => void open(`packages/booking/confirm/index?id=${wait.bookingId}`)}>
          去确认
        </Button>
      </View>
    </>
  );
}
