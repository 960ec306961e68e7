import test from 'ava';
import { countCharacters } from './characters.ts';

test('a character is what a reader sees as one', (t) => {
  for (const [text, count] of [
    ['', 0],
    ['增城区', 3],
    ['A区12号', 5],
    ['👨‍👩‍👧', 1],
    ['👍🏽', 1],
    ['🇨🇳', 1],
    ['e\u0301', 1],
    ['𠮷野', 2],
    ['一\r\n二', 3],
  ] as const) {
    t.is(countCharacters(text), count, JSON.stringify(text));
  }
});
