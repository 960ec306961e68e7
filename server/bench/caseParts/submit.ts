import { beginDraft, saveDraft } from '../../areas/applications/drafts.ts';
import { submitDraft } from '../../areas/applications/submitDraft.ts';
import { pdf } from '../../areas/applications/testing/applicant.ts';
import { beginUpload, finishUpload, takePart } from '../../areas/attachments/upload.ts';
import { newId } from '../../kernel/ids.ts';
import { percentile, rounded, say } from '../bookingParts/hall.ts';
import { benchRoom } from './room.ts';

const applicants = Number(process.env['BENCH_SUBMITS'] ?? 200);

/** From the press of the button to the answer, with five attachments that are there already; one after another. */
export async function submit(): Promise<{ submit_p99_ms: number }> {
  const room = benchRoom();
  const times: number[] = [];
  for (let n = 0; n < applicants; n++) {
    const [personId, draftId] = [`S${n}`, newId()];
    await beginDraft(room, personId, { matterId: 'm01', draftId });
    const materials: Record<string, { way: 'files'; files: string[] }> = {};
    for (const seq of ['M1', 'M2', 'M3', 'M4', 'M5']) {
      const bytes = pdf(40_000, `${n}/${seq}`);
      const file = await beginUpload(room.files, {
        id: newId(),
        personId,
        draftId,
        slot: seq,
        name: '材料.pdf',
        size: bytes.length,
      });
      await takePart(room.files, file, 0, bytes);
      await finishUpload(room.files, file, ['pdf']);
      materials[seq] = { way: 'files', files: [file._id] };
    }
    const { stored } = await saveDraft(room, personId, draftId, {
      base: 0,
      answers: { name: '王小明', area: '45' },
      materials,
    });
    const started = performance.now();
    await submitDraft(room, personId, draftId, stored.revision);
    times.push(performance.now() - started);
  }
  say(
    `submit: median ${rounded(percentile(times, 0.5), 1)} ms, p99 ${rounded(percentile(times, 0.99), 1)} ms of ${applicants}`,
  );
  return { submit_p99_ms: rounded(percentile(times, 0.99), 1) };
}
