import { addLocalDays, localDay, localTime } from '../core/localTime.ts';
import written from './knowledge.json' with { type: 'json' };

/** 知识库 entry as the feed has it. */
export interface StoredEntry {
  kbId: string;
  title: string;
  question: string;
  answer: string;
  keywords: string[];
  dept: string;
  areaCode: string;
  validFrom: string;
  /** '' : open. */
  validTo: string;
  version: number;
  hot: number;
  /** '1' in force, '0' withdrawn. */
  state: string;
  updateTime: string;
}

/** The knowledge base: entries with a version and a time in which they hold. Departments return new ones when they close a question. */
export class KnowledgeShelf {
  readonly #entries: StoredEntry[];

  constructor(
    stored: StoredEntry[] | null,
    now: Date,
    private readonly save: (entries: StoredEntry[]) => void,
  ) {
    this.#entries = stored ?? demoEntries(now);
  }

  get entries(): readonly StoredEntry[] {
    return this.#entries;
  }

  /** Changes an entry, or adds one; its version rises. */
  put(change: Partial<StoredEntry> & { kbId: string }, now: Date): StoredEntry {
    const known = this.#entries.find(({ kbId }) => kbId === change.kbId);
    const entry: StoredEntry = {
      ...(known ?? blank),
      ...change,
      version: (known?.version ?? 0) + 1,
      updateTime: localTime(now),
    };
    if (known) Object.assign(known, entry);
    else this.#entries.push(entry);
    this.save(this.#entries);
    return entry;
  }

  /** `?since=yyyy-MM-dd HH:mm:ss&page=1&size=50`, at most 100 a page, in order of their numbers. */
  page(query: Record<string, unknown>): Record<string, unknown> {
    const since = typeof query['since'] === 'string' ? query['since'] : '';
    const page = Math.max(1, Number(query['page']) || 1);
    const size = Math.min(100, Math.max(1, Number(query['size']) || 50));
    const changed = this.#entries.filter(({ updateTime }) => updateTime >= since);
    const list = changed.slice((page - 1) * size, page * size);
    return {
      total: String(changed.length),
      // Texts come as the old editor left them.
      list: list.map((each) => ({ ...each, answer: each.answer.replace(/\n/g, '&lt;br/&gt;') })),
    };
  }
}

const blank: StoredEntry = {
  ...{ kbId: '', title: '', question: '', answer: '', keywords: [], dept: '', areaCode: '440118' },
  ...{ validFrom: '', validTo: '', version: 0, hot: 0, state: '1', updateTime: '' },
};

function demoEntries(now: Date): StoredEntry[] {
  const today = localDay(now);
  const entries = written.map((each, i): StoredEntry => {
    const { until, from, ...rest } = { until: '', from: '', ...each };
    return {
      ...blank,
      ...rest,
      kbId: `KB${String(i + 1).padStart(5, '0')}`,
      version: 1,
      hot: ((i * 37) % 97) * 11,
      validFrom: from || addLocalDays(today, -200 - (i % 30)),
      validTo: until,
      updateTime: `${addLocalDays(today, -20 - (i % 40))} 09:30:00`,
    };
  });
  // One that ran out yesterday and one that begins next month: both are in the feed, neither may be shown.
  const [ran, begins] = [entries.length + 1, entries.length + 2].map(
    (n) => `KB${String(n).padStart(5, '0')}`,
  );
  const common = { ...blank, dept: '区政务服务和数据管理局', version: 1 };
  entries.push(
    {
      ...common,
      kbId: ran!,
      title: '年审高峰期延时服务',
      question: '年审高峰期晚上还能办业务吗？',
      answer: '年审高峰期间，区大厅综合窗口延时到晚上八点。',
      keywords: ['延时服务', '晚上'],
      validFrom: addLocalDays(today, -60),
      validTo: addLocalDays(today, -1),
      updateTime: `${addLocalDays(today, -60)} 09:30:00`,
    },
    {
      ...common,
      kbId: begins!,
      title: '新大厅启用',
      question: '新大厅什么时候开始办业务？',
      answer: '新大厅启用后，原大厅的窗口不再收件。',
      keywords: ['新大厅', '搬迁'],
      validFrom: addLocalDays(today, 30),
      updateTime: `${addLocalDays(today, -2)} 09:30:00`,
    },
  );
  return entries;
}
