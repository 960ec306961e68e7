import { setTimeout as pause } from 'node:timers/promises';
import { isDuplicateKey } from '../../kernel/database.ts';
import { log } from '../../kernel/log.ts';
import type { InboundMessage } from './inboundMessage.ts';
import { InboundModel, type StoredInbound } from './inboundModel.ts';

export interface ReceiveNeeds {
  /** Does what the message asks for, and answers what to say; '' says nothing. */
  readonly handle: (message: InboundMessage) => Promise<string>;
  /** Says it after all, by a customer message, when the answer came too late. */
  readonly sayLater: (openid: string, text: string) => Promise<void>;
  /** WeChat waits 5 seconds; we answer before. */
  readonly deadlineMs?: number;
}

/**
 * Takes one delivery: stored first, handled once, answered in time. Repeats (WeChat sends a message up to three times)
 * get the first one's answer. An answer that is not ready in time is '', and is said later.
 */
export async function receiveMessage(needs: ReceiveNeeds, message: InboundMessage): Promise<string> {
  const deadline = needs.deadlineMs ?? 4000;
  if (!(await storeOnce(message))) return answerOfFirst(message.key, deadline);
  const handled = needs.handle(message).catch((cause: unknown) => {
    log.error({ event: message.event, type: message.type, cause }, 'an inbound message was not handled');
    return '';
  });
  const reply = await Promise.race([handled, pause(deadline, null)]);
  if (reply === null) {
    void handled.then((late) => finishLate(needs, message, late));
    return '';
  }
  await InboundModel.updateOne({ _id: message.key }, { $set: { reply } });
  return reply;
}

async function storeOnce({ key, openid, type, event, at }: InboundMessage): Promise<boolean> {
  try {
    await InboundModel.create([{ _id: key, openid, type, event, at, receivedAt: new Date(), reply: null }]);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

async function answerOfFirst(key: string, deadlineMs: number): Promise<string> {
  for (const end = Date.now() + deadlineMs; Date.now() < end; await pause(100)) {
    const first = await InboundModel.findById(key).lean<StoredInbound>();
    if (first?.reply != null) return first.reply;
  }
  return '';
}

async function finishLate(needs: ReceiveNeeds, message: InboundMessage, reply: string): Promise<void> {
  try {
    await InboundModel.updateOne({ _id: message.key }, { $set: { reply: '' } });
    if (reply !== '') await needs.sayLater(message.openid, reply);
  } catch (cause) {
    log.warn({ cause }, 'a late answer could not be said');
  }
}
