import test from 'ava';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { cleanLine, cleanList, cleanText } from './cleanText.ts';
import { decodeText, encodeText } from './encoding.ts';
import { GovernmentError } from './governmentError.ts';
import { parseTolerant, pick, pickList, pickText } from './tolerantJson.ts';

const words = '增城区政务服务中心，荔湖街景观大道北7号';

test('an answer is read whatever its labels say', (t) => {
  const gbk = iconv.encode(words, 'gbk');
  const utf8 = Buffer.from(words, 'utf8');
  t.is(decodeText(gbk, 'text/xml; charset=GBK'), words, 'GBK declared and sent');
  t.is(decodeText(gbk, 'text/html; charset=UTF-8'), words, 'GBK sent, UTF-8 declared');
  t.is(decodeText(gbk), words, 'GBK sent, nothing declared');
  t.is(decodeText(utf8, 'application/json'), words);
  const prolog = `<?xml version="1.0" encoding="GBK"?><A>${words}</A>`;
  t.is(decodeText(Buffer.from(prolog, 'utf8')), prolog, 'UTF-8 sent with GBK in the declaration');
  t.is(decodeText(iconv.encode(prolog, 'gbk')), prolog);
  t.is(decodeText(iconv.encode('𠮷㙍', 'gb18030'), 'text/plain; charset=gb18030'), '𠮷㙍');
});

test('section 9 no. 21: what GBK cannot carry is replaced and named, never silently a question mark', (t) => {
  const { bytes, lost } = encodeText('𠮷野㙍', 'gbk');
  t.deepEqual(lost, ['𠮷', '㙍']);
  t.is(iconv.decode(bytes, 'gbk'), '〓野〓');
  t.deepEqual(encodeText('𠮷野㙍', 'gb18030').lost, []);
  t.is(decodeText(encodeText('𠮷野㙍', 'gb18030').bytes), '𠮷野㙍');
});

test('GB18030 carries every text there and back', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-composite', maxLength: 40 }), (text) => {
      t.is(decodeText(encodeText(text, 'gb18030').bytes, 'charset=gb18030').normalize(), text.normalize());
    }),
    { numRuns: 100, examples: [['𠮷'], ['·•．'], ['']] },
  );
});

test('section 9 no. 7: markup of the sender never survives, however often it was escaped', (t) => {
  t.is(cleanText('有场所&lt;br/&gt;有&amp;lt;b&amp;gt;制度&amp;lt;/b&amp;gt;'), '有场所\n有制度');
  t.is(cleanText('办理<script>alert(1)</script>条件'), '办理条件');
  t.is(cleanText('&lt;script src=x&gt;alert(1)&lt;/script&gt;条件'), '条件');
  t.is(cleanText('a<img src=x onerror=alert(1)>b'), 'ab');
  t.is(cleanText('温度&amp;amp;lt;5度'), '温度<5度');
  t.is(cleanText('前\u007f后\u0085\u200b。\u0007'), '前后。');
  t.is(cleanText(null), '');
});

test('cleaned text holds no tag and no control character', (t) => {
  const piece = fc.constantFrom(
    '<b>',
    '</b>',
    '<br/>',
    '&lt;',
    '&amp;',
    '&gt;',
    '<script>',
    '</script>',
    '条件',
    '\u0007',
    '1.',
    '\n',
    ' ',
    '<!--',
    '-->',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const clean = cleanText(pieces.join(''));
      t.notRegex(clean, /<(script|b|br)\b/i);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
      t.notRegex(clean, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }),
    { numRuns: 500 },
  );
});

test('lists lose their numbering, lines their breaks', (t) => {
  t.deepEqual(cleanList('1.有与经营相适应的场所&lt;br/&gt;2、有制度<br>（3）有人员'), [
    '有与经营相适应的场所',
    '有制度',
    '有人员',
  ]);
  t.is(cleanLine('一<br>二'), '一 二');
});

test('JSON: long numbers stay exact, controls inside texts do not break it, a page is an outage', (t) => {
  const parsed = parseTolerant(
    'items',
    '\ufeff{"no":44011820261124000123,"n":12,"t":"a\u0007b\nc","f":1.5,"neg":-1,"s":"44011820261124000123"}',
  );
  t.deepEqual(parsed, {
    no: '44011820261124000123',
    n: 12,
    t: 'ab\nc',
    f: 1.5,
    neg: -1,
    s: '44011820261124000123',
  });
  const page = t.throws(() => parseTolerant('items', '<!DOCTYPE html><p>系统繁忙'), {
    instanceOf: GovernmentError,
  });
  t.is(page.code, 'HTML');
  t.true(page.retryable);
  t.throws(() => parseTolerant('items', '{"a":'), { message: /not JSON/ });
});

test('JSON: every document that JSON.stringify writes is read as it was', (t) => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), (text) => {
      fc.pre(!/\d{16}/.test(text) && !/\\u00[01]|\\u007f/.test(text) && !text.includes('\u007f'));
      t.deepEqual(parseTolerant('x', text), JSON.parse(text));
    }),
    { numRuns: 200 },
  );
});

test('JSON: fields are found in any capitals, and "-1" means nothing', (t) => {
  const value = parseTolerant(
    'items',
    '{"data":{"CUSTOM":{"LIST":[1]}},"version ":3,"a":"-1","b":" x ","c":7}',
  );
  t.deepEqual(pickList(pick(pick(value, 'data'), 'custom'), 'list'), [1]);
  t.is(pickText(value, 'version'), '3');
  t.is(pickText(value, 'a'), null);
  t.is(pickText(value, 'b'), 'x');
  t.is(pickText(value, 'c'), '7');
  t.is(pickText(value, 'd'), null);
});
