import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { TicketView } from '../../../../../server/areas/queue/contract.ts';
import { sayInstant } from '../../../state/when.ts';
import { Card } from '../../../ui/Card.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { ticketTone } from '../../../ui/ticketState.ts';
import { sayWait } from '../../../ui/wait.ts';
import './Now.scss';

/** The number, and what it means at this moment: one sentence that says what to do. */
export function Now(props: { ticket: TicketView }): ReactNode {
  const { ticket } = props;
  const { lead, more } = sentence(ticket);
  const tone = ticket.state === 'called' ? 'accent' : 'plain';
  return (
    <Card tone={tone} id="ticket-now">
      <View className={`now now--${ticket.state}`} aria-role="status" aria-live="polite">
        <View className="now__head">
          <Text className="now__caption">您的号</Text>
          <Tag tone={ticketTone(ticket.state)}>{ticket.stateLabel}</Tag>
        </View>
        <Text className="now__label" id="ticket-label">
          {ticket.label}
        </Text>
        {ticket.state === 'waiting' ? <Ahead ticket={ticket} /> : <Text className="now__lead">{lead}</Text>}
        {more && <Text className="now__more">{more}</Text>}
        {ticket.note && <Text className="now__note">{ticket.note}</Text>}
        <Text className="now__asof">{`${sayInstant(ticket.asOf).split(' ').at(-1)} 更新`}</Text>
      </View>
    </Card>
  );
}

function Ahead(props: { ticket: TicketView }): ReactNode {
  const { ahead, wait } = props.ticket;
  const words = sayWait(wait);
  return (
    <View className="now__ahead">
      {ahead === 0 ? (
        <Text className="now__lead" id="ticket-ahead">
          下一位就是您
        </Text>
      ) : (
        <View className="now__figure">
          <Text className="now__number" id="ticket-ahead">
            {ahead === null ? '—' : String(ahead)}
          </Text>
          <Text className="now__unit">位在您前面</Text>
        </View>
      )}
      <Text className="now__wait">{words ?? '窗口开始叫号后，这里显示要等多久'}</Text>
    </View>
  );
}

function sentence(ticket: TicketView): { lead: string; more: string | null } {
  switch (ticket.state) {
    case 'waiting':
      return { lead: '', more: ticket.ahead !== null && ticket.ahead <= 3 ? '请留在窗口附近' : null };
    case 'called':
      return { lead: `请到 ${ticket.window ?? ''} 号窗口`, more: '叫号三次没有到，会顺延到后面' };
    case 'serving':
      return { lead: `${ticket.window ?? ''} 号窗口正在办理`, more: null };
    case 'parked':
      return { lead: '窗口为您留着', more: `准备好后直接回 ${ticket.window ?? '原来的'} 号窗口，不用再排队` };
    case 'done':
      return { lead: '已办完', more: null };
    case 'expired':
      return { lead: '已经过号', more: '还要办理，请到取号机重新取号，或重新预约' };
    case 'left':
      return { lead: '您已退出排队', more: null };
  }
}
