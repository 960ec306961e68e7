import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { TicketView } from '../../../../server/areas/queue/contract.ts';
import { open } from '../../platform/navigation.ts';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Pressable } from '../../ui/Pressable.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { ticketTone } from '../../ui/ticketState.ts';
import { sayWait } from '../../ui/wait.ts';
import './Today.scss';

/** The ticket one holds now: nothing needs the person more. */
export function TodayTicket(props: { ticket: TicketView }): ReactNode {
  const { ticket } = props;
  const words = meaning(ticket);
  return (
    <Card id="ticket-card" tone={ticket.state === 'called' ? 'accent' : 'plain'}>
      <Pressable
        className="today__next"
        role="link"
        label={`您的号 ${ticket.label}，${ticket.stateLabel}，${words}`}
        onPress={() => void open(`packages/queue/ticket/index?id=${ticket.id}`)}
      >
        <View className="today__top">
          <Text className="today__kicker">您的号</Text>
          <Tag tone={ticketTone(ticket.state)}>{ticket.stateLabel}</Tag>
        </View>
        <View className="today__when">
          <Text className={`today__time ${ticket.state === 'called' ? 'today__time--now' : ''}`}>
            {ticket.label}
          </Text>
          <Text className="today__day">{words}</Text>
        </View>
        <Text className="today__hall">
          {[ticket.hall.name, ticket.hall.zone].filter(Boolean).join(' · ')}
        </Text>
        <View className="today__show">
          <Icon name="ticket" tone="primary" />
          <Text className="today__showtext">看排队进度</Text>
          <Icon name="chevron" tone="primary" size="s" />
        </View>
      </Pressable>
    </Card>
  );
}

function meaning(ticket: TicketView): string {
  if (ticket.state === 'called') return `请到 ${ticket.window ?? ''} 号窗口`;
  if (ticket.state === 'serving') return `${ticket.window ?? ''} 号窗口办理中`;
  if (ticket.state === 'parked') return '窗口为您留着';
  const ahead = ticket.ahead === 0 ? '下一位就是您' : `前面 ${ticket.ahead ?? '—'} 位`;
  const wait = sayWait(ticket.wait);
  return wait && ticket.ahead !== 0 ? `${ahead}，${wait}` : ahead;
}
