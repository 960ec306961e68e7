import test from 'ava';
import { cdata, parseXml, textAt } from './parseXml.ts';

test('texts are texts: numbers keep their zeros, CDATA keeps its marks', (t) => {
  const xml = parseXml(
    `<xml><Id>00123456789012345678</Id><A><B>${cdata('<!DOCTYPE a> & ]]> <b>')}</B></A></xml>`,
  );
  t.is(textAt(xml, 'xml', 'Id'), '00123456789012345678');
  t.is(textAt(xml, 'xml', 'A', 'B'), '<!DOCTYPE a> & ]]> <b>');
  t.is(textAt(xml, 'xml', 'A', 'none', 'deeper'), '');
});

for (const [what, text] of [
  ['a document type', '<!DOCTYPE xml><xml/>'],
  ['entities', '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>'],
  ['a lone entity declaration', '<xml><!ENTITY a "b"></xml>'],
  ['an instruction', '<?xml-stylesheet href="x"?><xml/>'],
  ['nesting', `<xml>${'<a>'.repeat(21)}${'</a>'.repeat(21)}</xml>`],
  ['too much', `<xml>${'a'.repeat(65 * 1024)}</xml>`],
  ['an open end', '<xml><a></xml>'],
] as const) {
  test(`refused: ${what}`, (t) => {
    t.throws(() => parseXml(text));
  });
}
