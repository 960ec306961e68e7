import { createHash } from 'node:crypto';
import { newId } from '../../../kernel/ids.ts';
import type { Answer, Refusal, TestCitizen } from '../../../testing/citizen.ts';
import type { CaseView, DraftView, FileView, SaveDraft } from '../contract.ts';

/** A PDF as far as anybody looks: a head, some body, a tail. */
export function pdf(size = 2000, inside = ''): Buffer {
  const head = Buffer.from('%PDF-1.4\n%\u00e2\u00e3\n', 'latin1');
  const tail = Buffer.from(`${inside}\n%%EOF\n`, 'latin1');
  const body = createHash('sha512').update(inside).digest();
  const fill = Buffer.alloc(Math.max(0, size - head.length - tail.length), body);
  return Buffer.concat([head, fill, tail]);
}

export const bakery = {
  situation: { zyzt: 'household', csly: 'own' },
  answers: {
    SQRMC: '增城甜麦面包坊',
    SQRZJHM: '91440118MA9X000111',
    JYCS: { town: '440118101', detail: '荔新大道 1 号首层' },
    MJ: '45.5',
    ZYZZ: true,
    ZZPZ: '面包、蛋糕',
    JYXM: ['bakery'],
    RYMD: [{ XM: '王小明', ZJHM: '440118199001010019', TJRQ: '2026-03-01' }],
    promise: { agreed: true, textVersion: '2026-01' },
  },
} as const;

/** A citizen who applies, as the mini-program does it. */
export class Applicant {
  constructor(
    private readonly citizen: TestCitizen,
    private readonly url: string,
  ) {}

  ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T & Refusal>> {
    return this.citizen.ask<T & Refusal>(method, path, body);
  }

  async begin(matterId = 'm01', draftId = newId()): Promise<DraftView> {
    const { status, body } = await this.ask<DraftView>('POST', '/api/drafts', { matterId, draftId });
    if (status !== 200) throw new Error(`no draft: ${JSON.stringify(body)}`);
    return body;
  }

  save = (id: string, change: SaveDraft): Promise<Answer<DraftView & Refusal>> =>
    this.ask('PUT', `/api/drafts/${id}`, change);

  announce = (
    draftId: string,
    slot: string,
    bytes: Buffer,
    uploadId = newId(),
    name = '材料.pdf',
  ): Promise<Answer<FileView & Refusal>> =>
    this.ask('POST', '/api/attachments', { draftId, slot, name, size: bytes.length, uploadId });

  async part(id: string, number: number, bytes: Buffer): Promise<number> {
    const response = await fetch(`${this.url}/api/attachments/${id}/parts/${number}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${this.citizen.token}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
    await response.body?.cancel();
    return response.status;
  }

  /** The parts that are not there yet, and the end. `stopAfter`: the line is cut after so many. */
  async carry(
    file: FileView,
    bytes: Buffer,
    stopAfter = Number.POSITIVE_INFINITY,
  ): Promise<Answer<FileView & Refusal> | null> {
    let sent = 0;
    for (let number = 0; number * file.partSize < bytes.length; number++) {
      if (file.parts.includes(number)) continue;
      if (sent >= stopAfter) return null;
      const status = await this.part(
        file.id,
        number,
        bytes.subarray(number * file.partSize, (number + 1) * file.partSize),
      );
      if (status !== 204) throw new Error(`part ${number}: ${status}`);
      sent += 1;
    }
    return this.ask('POST', `/api/attachments/${file.id}/finish`);
  }

  async upload(draftId: string, slot: string, bytes = pdf(2000, slot)): Promise<FileView> {
    const { body: file } = await this.announce(draftId, slot, bytes);
    const done = await this.carry(file, bytes);
    if (done?.status !== 200) throw new Error(`no upload: ${JSON.stringify(done?.body)}`);
    return done.body;
  }

  /** A draft of the home bakery's licence with all that is needed. */
  async fillBakery(delivery: SaveDraft['delivery'] = { way: 'pickUp' }): Promise<DraftView> {
    const draft = await this.begin();
    const prefilled = await this.ask<{ answers: Record<string, unknown> }>(
      'POST',
      `/api/drafts/${draft.id}/prefill`,
      { consentVersion: '2026-11' },
    );
    const materials: NonNullable<SaveDraft['materials']> = {};
    const wanted = draft.form['materials'] as readonly { seq: string; need: string; showIf?: unknown }[];
    for (const { seq, need, showIf } of wanted) {
      if (need === 'required' && !showIf)
        materials[seq] = { way: 'files', files: [(await this.upload(draft.id, seq)).id] };
    }
    const answers = { ...prefilled.body.answers, ...bakery.answers };
    const saved = await this.save(draft.id, {
      base: 0,
      situation: { ...bakery.situation },
      answers,
      materials,
      ...(delivery !== undefined && { delivery }),
    });
    if (saved.status !== 200) throw new Error(`not saved: ${JSON.stringify(saved.body)}`);
    return saved.body;
  }

  submit = (draft: Pick<DraftView, 'id' | 'revision'>): Promise<Answer<CaseView & Refusal>> =>
    this.ask('POST', `/api/drafts/${draft.id}/submit`, { revision: draft.revision });

  /** The case once `when` holds; throws after ten seconds. */
  async until(id: string, when: (found: CaseView) => boolean): Promise<CaseView> {
    const ends = performance.now() + 15_000;
    for (;;) {
      const { body } = await this.ask<CaseView>('GET', `/api/cases/${id}`);
      if (when(body)) return body;
      if (performance.now() > ends)
        throw new Error(`the case stays ${body.state}: ${body.word} ${body.problem ?? ''}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
