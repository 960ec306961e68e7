import { type Document, serialize } from 'bson';
import { messageOf } from '../battery/wire.ts';

/** Messages that no honest client sends, each with a name for the test's report. */
export type HostileMessage = readonly [name: string, bytes: Buffer];

const HEADER = 16;
const FLAGS_AT = HEADER;
const KIND_AT = HEADER + 4;
const BODY_AT = HEADER + 5;
const ping = () => messageOf({ ping: 1, $db: 'admin' }, 7);

export const hostileMessages: readonly HostileMessage[] = [
  ['length zero', withInt(ping(), 0, 0)],
  ['length shorter than a header', withInt(ping(), 0, 15)],
  ['a header and nothing', withInt(ping().subarray(0, HEADER), 0, HEADER)],
  ['length negative', withInt(ping(), 0, -1)],
  ['length of 2 GB', withInt(ping(), 0, 0x7fffffff)],
  ['length just over 48 MB', withInt(ping(), 0, 48_000_001)],
  ['length longer than what follows', withInt(ping(), 0, 5000)],
  ['length shorter than its document', withInt(ping(), 0, HEADER + 12)],
  ...[0, 1, 2, 1000, 2001, 2002, 2005, 2006, 2007, 2010, 2011, 2012, 9999, -1, 0x7fffffff].map(
    (opcode): HostileMessage => [`opcode ${opcode}`, withInt(ping(), 12, opcode)],
  ),
  ['OP_QUERY with nothing in it', withInt(withInt(Buffer.alloc(HEADER), 0, HEADER), 12, 2004)],
  ['OP_QUERY of noise', withInt(withInt(Buffer.alloc(200, 0x41), 0, 200), 12, 2004)],
  ['OP_QUERY whose name has no end', opQuery(Buffer.concat([Buffer.alloc(4), Buffer.from('admin.$cmd')]))],
  [
    'OP_QUERY with half a document',
    opQuery(Buffer.concat([queryHead('admin.$cmd'), serialize({ hello: 1 }).subarray(0, 9)])),
  ],
  ['OP_QUERY on a collection', opQuery(Buffer.concat([queryHead('test.c'), serialize({ a: 1 })]))],
  ['OP_COMPRESSED of nothing known', withInt(ping(), 12, 2012)],
  ['unknown required flag bits', withInt(ping(), FLAGS_AT, 0x0000_00fc)],
  ['checksum promised, none sent', withInt(ping(), FLAGS_AT, 1)],
  ['section kind 9', withByte(ping(), KIND_AT, 9)],
  ['section kind 1 with a size of zero', sections([1, 0, 0, 0, 0])],
  ['section kind 1 with a size beyond the message', sections([1, 0xff, 0xff, 0, 0, 0x61, 0])],
  ['section kind 1 whose name has no end', sections([1, 8, 0, 0, 0, 0x61, 0x61, 0x61, 0x61])],
  ['no section', sections([])],
  ['only a document sequence', sections([1, 9, 0, 0, 0, 0x64, 0x6f, 0x63, 0x73, 0])],
  [
    'two bodies',
    sections([0, ...serialize({ ping: 1, $db: 'admin' }), 0, ...serialize({ ping: 1, $db: 'admin' })]),
  ],
  ['document length zero', withInt(ping(), BODY_AT, 0)],
  ['document length four', withInt(ping(), BODY_AT, 4)],
  ['document length negative', withInt(ping(), BODY_AT, -5)],
  ['document longer than the message', withInt(ping(), BODY_AT, 4000)],
  ['document without its last zero', withByte(ping(), ping().length - 1, 1)],
  ['an unknown element type', withByte(ping(), BODY_AT + 4, 0x66)],
  ['a string with a length beyond the document', body([2, 0x61, 0, 0xff, 0xff, 0xff, 0x7f, 0x62, 0])],
  ['a string with a negative length', body([2, 0x61, 0, 0xff, 0xff, 0xff, 0xff, 0x62, 0])],
  ['a string that is no UTF-8', body([2, 0x61, 0, 3, 0, 0, 0, 0xc3, 0x28, 0])],
  ['a binary with a length beyond the document', body([5, 0x61, 0, 0xff, 0xff, 0, 0, 0])],
  ['a sub-document longer than its parent', body([3, 0x61, 0, 0xff, 0, 0, 0, 0])],
  ['a name without an end', body([8, 0x61, 0x61, 0x61])],
  ['a bool of seven', body([8, 0x61, 0, 7])],
  ['an empty body', messageOf({}, 7)],
  ['a body without $db', Buffer.from(withoutDb())],
  ['$db that is no string', messageOf({ ping: 1, $db: 5 }, 7)],
  ['a command name that is a prototype name', messageOf({ __proto__x: 1, constructor: 1, $db: 'admin' }, 7)],
  ['a command called __proto__', messageOf(JSON.parse('{"__proto__":1,"$db":"admin"}') as Document, 7)],
  ['a command called toString', messageOf({ toString: 1, $db: 'admin' } as unknown as Document, 7)],
  ['insert of no array', messageOf({ insert: 'c', documents: 5, $db: 'test' }, 7)],
  [
    'find with a filter of every wrong kind',
    messageOf({ find: 'c', filter: [1, 'a', null], $db: 'test' }, 7),
  ],
  ['lsid that is no document', messageOf({ ping: 1, lsid: 5, $db: 'admin' }, 7)],
  ['txnNumber that is text', messageOf({ ping: 1, lsid: { id: 1 }, txnNumber: 'x', $db: 'admin' }, 7)],
  ['a filter nested 150 deep', messageOf({ find: 'c', filter: nested(150), $db: 'test' }, 7)],
  ['a filter nested 300 deep', messageOf({ find: 'c', filter: nested(300), $db: 'test' }, 7)],
  ['a document nested 150 deep', messageOf({ insert: 'c', documents: [nested(150)], $db: 'test' }, 7)],
  ['bytes nested 2,000 deep', deepBytes(2000)],
  ['bytes nested 100,000 deep', deepBytes(100_000)],
  ['bytes nested 1,000,000 deep', deepBytes(1_000_000)],
  ['$and nested 55 deep', messageOf({ find: 'c', filter: logic(55), $db: 'test' }, 7)],
  [
    'an expression nested 90 deep',
    messageOf(
      { aggregate: 'c', pipeline: [{ $project: { r: expression(90) } }], cursor: {}, $db: 'test' },
      7,
    ),
  ],
  [
    'a catastrophic regular expression on nothing',
    messageOf({ find: 'c', filter: { s: { $regex: '(a+)+$' } }, $db: 'test' }, 7),
  ],
  ['a name of 100,000 letters', messageOf({ find: 'c'.repeat(100_000), $db: 'test' }, 7)],
  ['a database name of 100 letters', messageOf({ ping: 1, $db: 'd'.repeat(100) }, 7)],
  [
    '100,001 empty documents',
    messageOf({ insert: 'c', documents: Array.from({ length: 100_001 }, () => ({})), $db: 'test' }, 7),
  ],
  ['plain HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  [
    'a TLS greeting',
    Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, ...Array(64).fill(7)]),
  ],
  ['noise', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + 13) % 251))],
];

function withInt(message: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(message);
  changed.writeInt32LE(value, at);
  return changed;
}

function withByte(message: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(message);
  changed[at] = value;
  return changed;
}

/** An OP_MSG of the given section bytes. */
function sections(bytes: readonly number[]): Buffer {
  const message = Buffer.concat([ping().subarray(0, KIND_AT), Buffer.from(bytes)]);
  return withInt(message, 0, message.length);
}

/** An OP_MSG whose body document holds the given element bytes. */
function body(elements: readonly number[] | Buffer): Buffer {
  const document = Buffer.concat([Buffer.alloc(4), Buffer.from(elements), Buffer.from([0])]);
  document.writeInt32LE(document.length, 0);
  const message = Buffer.concat([ping().subarray(0, BODY_AT), document]);
  return withInt(message, 0, message.length);
}

/** Documents in documents, written as bytes, as a recursive writer would not get that far. */
function deepBytes(depth: number): Buffer {
  return body(nestedElements(depth));
}

/** One element `a` holding `depth` documents in each other: type, name and length going down, zeros coming up. */
function nestedElements(depth: number): Buffer {
  const head = 7;
  const whole = Buffer.alloc(depth * (head + 1));
  for (let level = 0; level < depth; level++) {
    const at = level * head;
    whole[at] = 3;
    whole[at + 1] = 0x61;
    whole[at + 2] = 0;
    const levelsBelow = depth - level - 1;
    whole.writeInt32LE(5 + levelsBelow * (head + 1), at + 3);
  }
  return whole;
}

function nested(depth: number): Document {
  let document: Document = { a: 1 };
  for (let i = 1; i < depth; i++) document = { a: document };
  return document;
}

function logic(depth: number): Document {
  let filter: Document = { a: 1 };
  for (let i = 0; i < depth; i++) filter = { $and: [filter] };
  return filter;
}

function expression(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = { $not: [value] };
  return value;
}

function withoutDb(): Buffer {
  const document = serialize({ ping: 1 });
  const message = Buffer.concat([ping().subarray(0, BODY_AT), document]);
  return withInt(message, 0, message.length);
}

function queryHead(name: string): Buffer {
  const numbers = Buffer.alloc(8);
  numbers.writeInt32LE(-1, 4);
  return Buffer.concat([Buffer.alloc(4), Buffer.from(`${name}\0`), numbers]);
}

function opQuery(content: Buffer): Buffer {
  const message = Buffer.concat([Buffer.alloc(HEADER), content]);
  return withInt(withInt(message, 0, message.length), 12, 2004);
}
