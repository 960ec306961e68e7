import test from 'ava';
import { createScanReader, grouped } from './bookingCode.ts';

/** Types a text, a key every `gap` ms, and Enter at the end; answers what the reader made of it. */
function typist(): (text: string, gap: number) => string | null {
  const read = createScanReader();
  let at = 0;
  return (text, gap) => {
    at += 1_000;
    for (const key of text) {
      at += gap;
      if (read(key, at) !== null) throw new Error('a scan ended before Enter');
    }
    return read('Enter', at + gap);
  };
}

test('a scan is what comes fast and ends with Enter, once', (t) => {
  const type = typist();
  const code = 'ZCQ1.01JDPX3K6V9W2M8Q4R7T5Y1B0C.abcDEF-123';
  t.is(type(code, 5), code);
  t.is(type('', 5), null);
});

test('somebody typing slowly is no scan, and leaves nothing behind for the next one', (t) => {
  const type = typist();
  t.is(type('ZC2611260017', 300), null);
  t.is(type('ZC2611260018', 4), 'ZC2611260018');
});

test('typed digits stand in groups of four', (t) => {
  t.is(grouped('2611260017'), '2611 2600 17');
  t.is(grouped('2611'), '2611');
});
