export type Part = { name: string; filename: string | undefined; type: string; data: Buffer };

/** Splits a multipart/form-data body. A body without its closing boundary gives the parts that are whole. */
export function parseMultipart(contentType: string, body: Buffer): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return [];
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(mark);
  while (start >= 0) {
    const end = body.indexOf(mark, start + mark.length);
    if (end < 0) break;
    // Between the boundary lines: CRLF, headers, blank line, data, CRLF.
    const piece = body.subarray(start + mark.length + 2, end - 2);
    const headEnd = piece.indexOf('\r\n\r\n');
    if (headEnd >= 0) {
      const head = piece.subarray(0, headEnd).toString('utf8');
      const name = /[; ]name="?([^";\r\n]*)"?/i.exec(head)?.[1];
      if (name !== undefined) {
        parts.push({
          name,
          filename: /filename="?([^";\r\n]*)"?/i.exec(head)?.[1],
          type: /content-type:\s*([^\s;]+)/i.exec(head)?.[1] ?? 'application/octet-stream',
          data: Buffer.from(piece.subarray(headEnd + 4)),
        });
      }
    }
    start = end;
  }
  return parts;
}
