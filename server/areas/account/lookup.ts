/** A person behind an openid of the account, as far as the account area may know. */
export interface KnownPerson {
  readonly id: string;
  readonly displayName: string;
}

/** Something a citizen can ask for by writing to the account; each is given by the area that knows the answer. */
export interface Lookup {
  readonly id: string;
  /** What it answers, for staff: 「最近的预约」. */
  readonly label: string;
  /** A text that equals one of these asks for it. */
  readonly words: readonly string[];
  /** Or a text of this form, e.g. a case number. */
  readonly pattern?: RegExp;
  /** In the words of a reply (see `fillReply`); `person` is null when we do not know who writes. */
  readonly answer: (person: KnownPerson | null, text: string) => Promise<string>;
}

export const findLookup = (lookups: readonly Lookup[], text: string): Lookup | undefined =>
  lookups.find(({ words, pattern }) => words.includes(text) || pattern?.test(text));

/** 「预约」: the next booking. The booking area's own question is injected. */
export function bookingLookup(
  nextBooking: (
    personId: string,
  ) => Promise<{ matter: string; when: string; place: string; number: string; page: string } | null>,
): Lookup {
  return {
    id: 'booking',
    label: '最近的预约',
    words: ['预约', '我的预约', '查预约'],
    answer: async (person) => {
      if (!person) {
        return signInFirst('packages/booking/mine/index', '查看我的预约');
      }
      const next = await nextBooking(person.id);
      if (!next) return '您现在没有预约。\n{{open:packages/booking/choose/index|现在预约}}';
      const { matter, when, place, number, page } = next;
      return `您最近的预约：\n${matter}\n${when}\n${place}\n预约号 ${number}\n{{open:${page}|打开预约}}`;
    },
  };
}

const signInFirst = (page: string, words: string): string =>
  `请先打开小程序登录一次，我才知道您是谁：\n{{open:${page}|${words}}}`;

/** 「排队」: today's tickets that still wait or are called. */
export function ticketLookup(
  ticketsOf: (personId: string) => Promise<
    readonly {
      readonly label: string;
      readonly hall: string;
      /** Null: called. */
      readonly ahead: number | null;
      readonly wait: { readonly from: number; readonly to: number } | null;
      readonly window: string | null;
      readonly page: string;
    }[]
  >,
): Lookup {
  const howTo =
    '到大厅后，在取号机取号，或用小程序扫现场的二维码签到取号；要免排队，请先预约。\n{{open:packages/halls/list/index|看哪个大厅人少}}\n{{open:packages/booking/choose/index|现在预约}}';
  return {
    id: 'ticket',
    label: '我的排队',
    words: ['排队', '我的排队', '叫号', '取号', '排到几号', '还要等多久'],
    answer: async (person) => {
      if (!person) return `${signInFirst('pages/home/index', '打开办事大厅')}\n\n${howTo}`;
      const tickets = await ticketsOf(person.id);
      if (tickets.length === 0) return `您今天没有在排的号。\n${howTo}`;
      return tickets
        .map(({ label, hall, ahead, wait, window, page }) => {
          const standing =
            ahead === null
              ? `已叫到您，请到${window ?? '窗口'}`
              : `前面还有 ${ahead} 人${wait ? `，约等 ${minutes(wait)}` : ''}`;
          return `您的号：${label}\n${hall}\n${standing}\n{{open:${page}|打开排队号}}`;
        })
        .join('\n\n');
    },
  };
}

const minutes = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to ? `${to} 分钟` : `${from}～${to} 分钟`;

export interface ToldCase {
  readonly matter: string;
  readonly number: string | null;
  readonly word: string;
  readonly tip: string;
  readonly page: string;
}

/** 「进度」 or a case number. Somebody else's number is answered as one that does not exist. */
export function caseLookup(asked: {
  readonly latest: (personId: string) => Promise<readonly ToldCase[]>;
  readonly byNumber: (personId: string, number: string) => Promise<ToldCase | null>;
}): Lookup {
  const mine = 'packages/apply/mine/index';
  const tell = ({ matter, number, word, tip, page }: ToldCase): string =>
    `${matter}：${word}\n${tip}${number ? `\n办件编号 ${number}` : ''}\n{{open:${page}|打开办件}}`;
  return {
    id: 'case',
    label: '办件进度（「进度」或 20 位办件编号）',
    words: ['进度', '查进度', '办件', '我的办件', '办理进度'],
    pattern: /^\d{20}$/,
    answer: async (person, text) => {
      if (!person) return signInFirst(mine, '查看我的办件');
      if (/^\d{20}$/.test(text)) {
        const found = await asked.byNumber(person.id, text);
        return found
          ? tell(found)
          : `没有查到您名下编号为 ${text} 的办件，请核对编号。\n{{open:${mine}|查看我的办件}}`;
      }
      const latest = await asked.latest(person.id);
      if (latest.length === 0) return `您还没有在这里申请过。\n{{open:pages/matters/index|查办事指南}}`;
      return latest.map(tell).join('\n\n');
    },
  };
}
