import { findMyCase, listMyCases } from '../../areas/applications/findCase.ts';
import { storedForm } from '../../areas/applications/forms.ts';
import { type CaseContent, cases, forms, type StoredCase } from '../../areas/applications/model.ts';
import { presentCard, presentCase } from '../../areas/applications/present.ts';
import { casePlace, seal } from '../../areas/applications/seal.ts';
import { newId } from '../../kernel/ids.ts';
import { median, rounded, say } from '../bookingParts/hall.ts';
import { benchForm, benchRoom } from './room.ts';

const few = 10_000;
const many = Number(process.env['BENCH_CASES'] ?? 1_000_000);
const looks = 400;
const peopleOf = (total: number): number => Math.max(1, Math.floor(total / 5));

/** What a citizen's list and a case with its timeline cost among 1,000,000 stored cases against among 10,000 (BENCH_CASES). */
export async function growth(): Promise<{ growth_list: number; growth_timeline: number }> {
  await forms().insertOne({ _id: 'BENCH@1', matterCode: 'X', definition: benchForm, storedAt: new Date() });
  await store(0, few);
  const small = await measure(few);
  await store(few, many);
  const large = await measure(many);
  say(`list: ${rounded(small.list)} ms among ${few}, ${rounded(large.list)} ms among ${many}`);
  say(`timeline: ${rounded(small.timeline)} ms among ${few}, ${rounded(large.timeline)} ms among ${many}`);
  return {
    growth_list: rounded(large.list / small.list, 2),
    growth_timeline: rounded(large.timeline / small.timeline, 2),
  };
}

/** The median of five rounds after one to warm up. */
async function measure(total: number): Promise<{ list: number; timeline: number }> {
  const rounds = [];
  for (let round = 0; round < 6; round++) rounds.push(await once(total, round));
  return {
    list: median(rounds.slice(1).map((each) => each.list)),
    timeline: median(rounds.slice(1).map((each) => each.timeline)),
  };
}

async function once(total: number, round: number): Promise<{ list: number; timeline: number }> {
  const room = benchRoom();
  const people = Array.from(
    { length: looks },
    (_, n) => `P${(n * 7919 + round * 104_729) % peopleOf(total)}`,
  );
  const found: [string, string][] = [];
  let started = performance.now();
  for (const person of people) {
    const page = await listMyCases(person);
    page.cases.map(presentCard);
    if (page.cases[0]) found.push([person, page.cases[0]._id]);
  }
  const list = (performance.now() - started) / looks;
  started = performance.now();
  for (const [person, id] of found) {
    const stored = await findMyCase(person, id);
    presentCase(room, stored, await storedForm(stored.formKey), []);
  }
  return { list, timeline: (performance.now() - started) / Math.max(1, found.length) };
}

/** Five cases a person, closed ones with the usual steps. */
async function store(from: number, to: number): Promise<void> {
  const room = benchRoom();
  const content: CaseContent = {
    situation: {},
    answers: { name: '王小明' },
    materials: {},
    delivery: { way: 'pickUp' },
  };
  const at = new Date('2026-01-05T02:00:00Z');
  const events = ['preReviewPassed', 'accepted', 'examined', 'closed'] as const;
  const states = ['submitted', 'preReviewed', 'accepted', 'examining', 'closed'] as const;
  const steps = events.map((event, n) => ({
    ...{ event, from: states[n]!, to: states[n + 1]!, at, key: `E/${n}`, implied: false },
  }));
  for (let begin = from; begin < to; begin += 2000) {
    const rows = Array.from({ length: Math.min(2000, to - begin) }, (_, index): StoredCase => {
      const n = begin + index;
      const _id = newId();
      // Of the first 10,000 each belongs to one of 2,000 people; of all to one of a fifth of all.
      const person = n < few ? n % peopleOf(few) : n % peopleOf(many);
      return {
        ...{
          _id,
          draftId: _id,
          personId: `P${person}`,
          applicantMasked: '王*明',
          formKey: 'BENCH@1',
          promisedDays: 5,
        },
        matter: { id: 'm01', code: 'X', name: '食品经营许可（新办）', department: '区市场监督管理局' },
        ...{
          correctionDays: 15,
          deliveryWay: 'pickUp',
          sealed: seal(room, content, casePlace(_id)),
          state: 'closed',
        },
        ...{
          word: '已办结（准予）',
          tip: '',
          caseNumber: String(10 ** 12 + n),
          longNumber: null,
          queryCodeSealed: null,
        },
        ...{
          submittedAt: at,
          revision: 4,
          open: false,
          steps,
          doubts: [],
          correction: null,
          correctionSent: null,
        },
        ...{ withdrawAsked: null, dueDay: null, paused: false, result: null, problem: null, checkDay: null },
        ...{ pulledAt: at, lostCharacters: [] },
      };
    });
    await cases().insertMany(rows, { ordered: false });
    if (begin > 0 && begin % 100_000 === 0) say(`${begin} cases stored`);
  }
}
