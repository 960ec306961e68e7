import test from 'ava';
import { CommandError } from '../errors.ts';
import { compileRegex } from './regex.ts';

const matches = (pattern: string, text: string, options = '') => compileRegex(pattern, options).test(text);

test('patterns mean what they mean to PCRE', (t) => {
  t.true(matches('^增.', '增城'));
  t.true(matches('a$', 'a\n'));
  t.false(matches('a\\z', 'a\n'));
  t.true(matches('a.b', 'a\rb'));
  t.false(matches('a.b', 'a\nb'));
  t.true(matches('a.b', 'a\nb', 's'));
  t.false(matches('\\s', '\u3000'));
  t.true(matches('[\\s]', '\t'));
  t.true(matches('^b$', 'a\nb\nc', 'm'));
  t.false(matches('^b$', 'a\rb\rc', 'm'));
  t.true(matches('\\-\\_\\@', '-_@'));
  t.true(matches('{x}]', '{x}]'));
  t.true(matches('a{2}', 'aa'));
  t.true(matches('[]a]', ']'));
  t.true(matches('^[[:digit:]]+$', '42'));
  t.true(matches('(?i)ABC', 'abc'));
  t.true(matches('a b # note', 'ab', 'x'));
  t.true(matches('(?P<year>\\d{4})', '2026'));
  t.true(matches('1\\.5', '1.5'));
  t.false(matches('1\\.5', '1x5'));
});

test('what JavaScript cannot say is refused', (t) => {
  for (const pattern of ['a++', '(?>a)', '\\h', '\\Qa\\E', '\\R', '(?<!a+)(', 'a(?i)b']) {
    t.is(t.throws(() => compileRegex(pattern, ''), { instanceOf: CommandError })?.code, 51091, pattern);
  }
  t.is(t.throws(() => compileRegex('a', 'g'), { instanceOf: CommandError })?.code, 51108);
});
