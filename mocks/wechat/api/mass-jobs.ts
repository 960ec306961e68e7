import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { textOf } from '../core/json.ts';
import type { Store } from '../core/store.ts';
import type { World } from '../world.ts';

export type Job = {
  msgId: string;
  dataId: string;
  at: number;
  status: 'SENDING' | 'SEND_SUCCESS' | 'SEND_FAIL' | 'DELETE';
  articles: boolean;
  /** Pages of the sent articles, taken down when the message is deleted. */
  slugs: string[];
};
type ClientId = { msgId: string; dataId: string; at: number };

/** Mass messages: what was submitted, and which client ids were seen in the last 24 hours. */
export class MassJobs {
  readonly jobs;
  readonly clientIds;
  speed = 0;

  constructor(store: Store) {
    this.jobs = store.collection<Job>('mass-jobs');
    this.clientIds = store.collection<ClientId>('mass-client-ids');
  }
}

/** 45065 with the first ids when the client id was used within 24 hours; 45066 when that was under a minute ago. */
export function checkClientId(world: World, body: JsonObject, jobs: MassJobs): string {
  const id = textOf(body, 'clientmsgid');
  if (id === '') return '';
  if (Buffer.byteLength(id) > 64) throw new Refusal(45067);
  const seen = jobs.clientIds.get(id);
  const now = world.now().getTime();
  if (seen && now - seen.at < 86_400_000) {
    world.ledger.repeat();
    throw new Refusal(45065, undefined, { msg_id: BigInt(seen.msgId), msg_data_id: BigInt(seen.dataId) });
  }
  return id;
}
