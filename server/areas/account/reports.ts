import type { Clock } from '../../kernel/clock.ts';
import { textAt } from '../../kernel/xml/parseXml.ts';
import { takeMassReport } from '../broadcasts/sendMass.ts';
import { statusOf, takeReceipt } from '../notices/receipts.ts';
import type { InboundMessage } from './inboundMessage.ts';

/**
 * WeChat's reports on what we sent: TEMPLATESENDJOBFINISH and MASSSENDJOBFINISH. Stored before the answer, applied
 * once whatever their order and number. False for every other message.
 */
export const takeReportsOf =
  (clock: Pick<Clock, 'now'>) =>
  async ({ event, openid, fields }: InboundMessage): Promise<boolean> => {
    const id = textAt(fields, 'MsgID') || textAt(fields, 'MsgId');
    const status = textAt(fields, 'Status');
    if (event === 'templatesendjobfinish' && id) {
      await takeReceipt({ _id: id, openid, status: statusOf(status), at: clock.now() });
      return true;
    }
    if (event === 'masssendjobfinish' && id) {
      const count = (name: string): number => Number(textAt(fields, name)) || 0;
      await takeMassReport({
        _id: id,
        status,
        total: count('TotalCount'),
        filtered: count('FilterCount'),
        sent: count('SentCount'),
        failed: count('ErrorCount'),
        at: clock.now(),
      });
      return true;
    }
    return false;
  };
