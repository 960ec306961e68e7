import { Text, View } from '@tarojs/components';
import { type ReactNode, useEffect, useState } from 'react';
import type { TicketView } from '../../../../../server/areas/queue/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { leaveQueue, loadTicket } from '../../../api/queue.ts';
import { say, shake } from '../../../platform/gestures.ts';
import { endPullDown, usePullDown, useQuery } from '../../../platform/hooks.ts';
import { open, withQuery } from '../../../platform/navigation.ts';
import { useLive } from '../../../state/useLive.ts';
import { sayInstant } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { isOver } from '../../../ui/ticketState.ts';
import './index.scss';
import { Now } from './Now.tsx';

/** How often an open page asks. A look is cheap for the hall, and a call must be seen while it is spoken. */
const every = 4_000;

/** One ticket, live: messages in WeChat lead here with `?id=`. */
export default function TicketPage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLive(id, () => loadTicket(id), { every, over: isOver });
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  usePullDown(() => {
    void load.reload().finally(endPullDown);
  });
  const called = load.state.status === 'ready' && load.state.data.state === 'called';
  useEffect(() => {
    if (called) shake();
  }, [called]);
  const leave = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      load.set(await leaveQueue(id));
      say('已退出排队');
    } catch (thrown) {
      setRefused(asApiError(thrown));
      void load.reload();
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };
  return (
    <PageShell title="我的号" id="ticket">
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load} rows={3}>
        {(ticket) => (
          <>
            <View className="ticket__top">
              <Now ticket={ticket} />
            </View>
            <Calling ticket={ticket} />
            <About ticket={ticket} />
            <Ways ticket={ticket} onLeave={() => setAsking(true)} />
            {asking && (
              <Sheet
                title="退出排队"
                action="退出排队"
                leave="继续等"
                danger
                busy={busy}
                onAction={() => void leave()}
                onLeave={() => setAsking(false)}
              >
                <Text>{`${ticket.label} 号作废，位置会让给后面的人。还想办理，需要重新取号或预约。`}</Text>
              </Sheet>
            )}
          </>
        )}
      </Loaded>
    </PageShell>
  );
}

/** What the screens call now, in this line. */
function Calling(props: { ticket: TicketView }): ReactNode {
  const { ticket } = props;
  if (isOver(ticket) || ticket.nowCalling.length === 0) return null;
  // A recall is a call of its own; here it is the same line.
  const calls = ticket.nowCalling.filter(
    (call, at, all) => all.findIndex((each) => each.label === call.label) === at,
  );
  return (
    <Section title="正在叫号">
      <Card>
        {calls.map((call) => (
          <View
            className={`ticket__call ${call.label === ticket.label ? 'ticket__call--mine' : ''}`}
            key={call.label}
          >
            <Text className="ticket__label">{call.label}</Text>
            <Text className="ticket__window">{`${call.window} 号窗口`}</Text>
          </View>
        ))}
      </Card>
    </Section>
  );
}

function About(props: { ticket: TicketView }): ReactNode {
  const { ticket } = props;
  return (
    <Section title="这张号">
      <Card>
        <Fact name="窗口类别">{ticket.group}</Fact>
        <Fact name="排队方式">{`${ticket.kindLabel}号`}</Fact>
        <Fact name="取号时间">{sayInstant(ticket.issuedAt)}</Fact>
      </Card>
      <View className="ticket__gap" />
      <Card>
        <Cell
          icon="pin"
          title={ticket.hall.name}
          {...(ticket.hall.zone ? { note: ticket.hall.zone } : {})}
          onPress={() => void open(withQuery('packages/halls/detail/index', { id: ticket.hall.id }))}
        />
        {ticket.bookingId && (
          <Cell
            icon="calendar"
            title={ticket.matter ?? '我的预约'}
            note="看预约和要带的材料"
            onPress={() =>
              void open(withQuery('packages/booking/detail/index', { id: ticket.bookingId ?? '' }))
            }
          />
        )}
      </Card>
    </Section>
  );
}

function Ways(props: { ticket: TicketView; onLeave: () => void }): ReactNode {
  const { ticket, onLeave } = props;
  return (
    <View className="ticket__ways">
      {ticket.state === 'done' && (
        <Button id="rate" onPress={() => void open('packages/rating/mine/index')}>
          评价这次服务
        </Button>
      )}
      {ticket.state === 'expired' && (
        <Button
          id="book-again"
          onPress={() => void open(withQuery('packages/booking/choose/index', { hall: ticket.hall.id }))}
        >
          重新预约
        </Button>
      )}
      {ticket.state === 'waiting' && (
        <>
          <Button id="leave" kind="quiet" onPress={onLeave}>
            不等了，退出排队
          </Button>
          <Text className="ticket__note">可以离开这一页，快到您时会在微信里提醒</Text>
        </>
      )}
    </View>
  );
}
