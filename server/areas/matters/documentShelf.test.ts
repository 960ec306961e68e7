import test from 'ava';
import type { MatterDocument } from '../../government/items/port.ts';
import { DocumentShelf } from './documentShelf.ts';

const asked = { code: 'X', requestId: null };

function shelf(size = 10): { shelf: DocumentShelf; asks: string[]; forward: (ms: number) => void } {
  const asks: string[] = [];
  let now = 0;
  const document = async (address: string): Promise<MatterDocument | null> => {
    asks.push(address);
    if (address === '/none') return null;
    if (address === '/down') throw new Error('down');
    return { kind: 'pdf', bytes: new Uint8Array(size) };
  };
  return {
    shelf: new DocumentShelf({ document }, () => now, { ms: 1000, bytes: 25 }),
    asks,
    forward: (ms) => {
      now += ms;
    },
  };
}

test('a paper is asked for once: by those at the same time, and by those after it, until it is old', async (t) => {
  const { shelf: papers, asks, forward } = shelf();
  await Promise.all([1, 2, 3].map(() => papers.document('/a', asked)));
  await papers.document('/a', asked);
  t.deepEqual(asks, ['/a']);
  forward(1000);
  await papers.document('/a', asked);
  t.deepEqual(asks, ['/a', '/a']);
});

test('what is not there and what failed is asked for again', async (t) => {
  const { shelf: papers, asks } = shelf();
  t.is(await papers.document('/none', asked), null);
  t.is(await papers.document('/none', asked), null);
  await t.throwsAsync(papers.document('/down', asked));
  await t.throwsAsync(papers.document('/down', asked));
  t.is(asks.length, 4);
});

test('the oldest go when the room is full', async (t) => {
  const { shelf: papers, asks } = shelf();
  for (const address of ['/a', '/b', '/c', '/c', '/b', '/a']) await papers.document(address, asked);
  t.deepEqual(asks, ['/a', '/b', '/c', '/a']);
  const big = shelf(26);
  await big.shelf.document('/a', asked);
  await big.shelf.document('/a', asked);
  t.is(big.asks.length, 2, 'what is larger than the room is not kept');
});
