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
        return '请先打开小程序登录一次，我才知道您是谁：\n{{open:packages/booking/mine/index|查看我的预约}}';
      }
      const next = await nextBooking(person.id);
      if (!next) return '您现在没有预约。\n{{open:packages/booking/choose/index|现在预约}}';
      const { matter, when, place, number, page } = next;
      return `您最近的预约：\n${matter}\n${when}\n${place}\n预约号 ${number}\n{{open:${page}|打开预约}}`;
    },
  };
}
