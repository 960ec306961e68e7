import { deflateSync } from 'node:zlib';
import { encode } from 'uqr';

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}

/** A QR code of the text as a black-and-white PNG, at least `width` pixels wide. */
export function qrPng(text: string, width = 430): Buffer {
  const { data: modules } = encode(text, { ecc: 'M', border: 3 });
  const scale = Math.max(1, Math.ceil(width / modules.length));
  const side = modules.length * scale;
  const rows = Buffer.alloc(side * (side + 1));
  for (let y = 0; y < side; y++) {
    const row = modules[Math.floor(y / scale)]!;
    for (let x = 0; x < side; x++) {
      rows[y * (side + 1) + 1 + x] = row[Math.floor(x / scale)] ? 0 : 255;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
