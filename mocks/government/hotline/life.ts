import { localTime } from '../core/localTime.ts';
import { deadlineAfter, halfwayTo, workingDaysFor } from './limits.ts';
import { Refusal, type Ticket, type TicketEvent } from './shapes.ts';

/** What people of the platform and of the departments do with a ticket. */
export type Act =
  | { act: 'accept' }
  | { act: 'refuse'; reason: string }
  | { act: 'assign'; dept: string }
  | { act: 'sign' }
  | { act: 'handBack'; reason: string }
  | { act: 'handle'; text?: string }
  | { act: 'askExtension'; reason: string }
  | { act: 'extension'; days: number }
  | { act: 'answer'; text: string; attachments?: string[] }
  | { act: 'review'; verdict: 'pass' | 'back'; text?: string }
  | { act: 'followUp'; satisfaction: '1' | '2' | '3' | '4'; text?: string }
  | { act: 'merge'; into: string }
  | { act: 'code'; status: number };

/** From which states an act is possible. */
const from: Readonly<Record<Act['act'], readonly number[]>> = {
  accept: [10],
  refuse: [10, 20],
  assign: [20, 95],
  sign: [30],
  handBack: [30, 35],
  handle: [35, 30, 95],
  askExtension: [35, 40],
  extension: [45],
  answer: [35, 40, 95],
  review: [50],
  followUp: [60],
  merge: [10, 20, 30, 35, 40],
  // A code from a newer release of the platform, which its partners have not heard of.
  code: [10, 20, 30, 35, 40],
};

export const mayDo = (ticket: Ticket, act: Act['act']): boolean => from[act].includes(ticket.status);

/** Carries an act out and answers its event. Throws Refusal. */
export function perform(ticket: Ticket, what: Act, now: Date): TicketEvent {
  if (!mayDo(ticket, what.act)) throw new Refusal(4302, `工单状态${ticket.status}不能执行该操作`);
  switch (what.act) {
    case 'accept':
      ticket.days = workingDaysFor(ticket.type);
      setDeadline(ticket, now, ticket.days);
      return moved(ticket, 20, '12345热线', '您的诉求已受理。', now);
    case 'refuse':
      return moved(ticket, 80, '12345热线', what.reason, now);
    case 'assign':
      ticket.dept = what.dept;
      return moved(ticket, 30, what.dept, '', now);
    case 'sign':
      return moved(ticket, 35, ticket.dept, '', now);
    case 'handBack':
      return moved(ticket, 20, ticket.dept, what.reason, now);
    case 'handle':
      return moved(ticket, 40, ticket.dept, what.text ?? '', now);
    case 'askExtension':
      if (ticket.extended) throw new Refusal(4302, '只能延期一次');
      return moved(ticket, 45, ticket.dept, what.reason, now);
    case 'extension':
      if (what.days > 10) throw new Refusal(4001, '延期不得超过10个工作日');
      // No days: the wish was not granted.
      if (what.days > 0) {
        ticket.extended = true;
        setDeadline(ticket, new Date(`${ticket.deadline.replace(' ', 'T')}+08:00`), what.days, now);
      }
      return moved(
        ticket,
        40,
        ticket.dept,
        what.days > 0 ? `同意延期${what.days}个工作日` : '不同意延期',
        now,
      );
    case 'answer':
      return moved(ticket, 50, ticket.dept, what.text, now, what.attachments);
    case 'review':
      ticket.rated = false;
      return moved(ticket, what.verdict === 'pass' ? 60 : 40, '12345热线', what.text ?? '', now);
    case 'followUp':
      return rated(ticket, what.satisfaction, what.text ?? '', now);
    case 'merge':
      ticket.masterNo = what.into;
      return moved(ticket, 90, '12345热线', '', now);
    case 'code':
      return moved(ticket, what.status, ticket.dept || '12345热线', '', now);
  }
}

/** 1 满意, 2 基本满意, 3 不满意, 4 未联系上. 不满意 has it done again, once. */
export function rated(ticket: Ticket, satisfaction: string, text: string, now: Date): TicketEvent {
  if (satisfaction !== '3' || ticket.redone) return moved(ticket, 70, '12345热线', text, now);
  ticket.redone = true;
  setDeadline(ticket, now, ticket.days || workingDaysFor(ticket.type));
  return moved(ticket, 95, '12345热线', text || '诉求人不满意，重新办理', now);
}

/** What is told to a merged ticket when its master moves. This platform is careless: the words are the master's. */
export function followMaster(ticket: Ticket, event: TicketEvent): TicketEvent {
  const told = { ...event, seq: ticket.events.length + 1, masterNo: ticket.masterNo };
  ticket.events.push(told);
  return told;
}

function setDeadline(ticket: Ticket, start: Date, days: number, halfFrom: Date = start): void {
  ticket.deadline = deadlineAfter(start, days);
  ticket.halfTime = halfwayTo(localTime(halfFrom), ticket.deadline);
}

function moved(
  ticket: Ticket,
  status: number,
  dept: string,
  content: string,
  now: Date,
  attachments: string[] = [],
): TicketEvent {
  ticket.status = status;
  ticket.lastActAt = now.toISOString();
  const event: TicketEvent = {
    ...{ seq: ticket.events.length + 1, status, time: localTime(now), dept, content, attachments },
    ...(ticket.masterNo && { masterNo: ticket.masterNo }),
  };
  ticket.events.push(event);
  return event;
}
