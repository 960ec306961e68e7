import { CallbackQueue } from '../core/callbackQueue.ts';
import type { World } from '../core/world.ts';
import type { Row } from './shapes.ts';
import { canonical, signed } from './sign.ts';

/** What happened to a case: its `seq`-th row. */
export interface CaseNews {
  readonly bizNo: string;
  readonly seq: number;
  readonly row: Row;
}

/** Tells the hall what happened to its cases, signed by our SM2 key over the body. */
export const caseCallbacks = (world: World, privateKey: string): CallbackQueue<CaseNews> =>
  new CallbackQueue(world, 'accept', ({ bizNo, seq, row }) => {
    const body = { bizNo, seq, table: row.table, row: row.fields };
    return { ...body, sign: signed(privateKey, canonical(body)) };
  });
