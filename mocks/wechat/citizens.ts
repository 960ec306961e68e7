import { stableText } from './core/ids.ts';

/** A demo citizen: one person with a WeChat, known to both applications by an openid each and by one unionid. */
export type Citizen = {
  id: string;
  nickname: string;
  /** One line for the card on which the phone's owner is chosen. */
  about: string;
  unionid: string;
  openids: { officialAccount: string; miniProgram: string };
  /** The synthetic phone number WeChat would hand out with the person's consent. */
  phone: string;
  senior: boolean;
  follows: boolean;
  /** The person's uid at the government identity platform's stand-in. */
  idpUid: string;
  /** Tint of the drawn portrait, degrees of the colour circle. */
  hue: number;
  longHair: boolean;
};

type Draft = Pick<Citizen, 'id' | 'nickname' | 'about' | 'phone' | 'hue'> & {
  longHair?: boolean;
  senior?: boolean;
  follows?: boolean;
};

const drafts: Draft[] = [
  { id: 'wang', nickname: '王小明', about: '荔城街道居民，常在网上办事', phone: '13800000001', hue: 205 },
  {
    id: 'chen',
    nickname: '陈阿婆',
    about: '退休在家，用长辈版',
    phone: '13800000002',
    hue: 24,
    longHair: true,
    senior: true,
  },
  { id: 'li', nickname: '李老板', about: '餐饮店经营者，为企业办事', phone: '13800000003', hue: 158 },
  {
    id: 'he',
    nickname: '何小雨',
    about: '刚关注，还没有实名认证',
    phone: '13800000004',
    hue: 330,
    longHair: true,
  },
  { id: 'zhang', nickname: '张伟', about: '没有关注公众号', phone: '13800000005', hue: 265, follows: false },
  { id: 'huang', nickname: '黄丽珍', about: '新塘镇居民', phone: '13800000006', hue: 345, longHair: true },
  { id: 'liang', nickname: '梁志强', about: '石滩镇居民', phone: '13800000007', hue: 95 },
  { id: 'zhou', nickname: '周敏', about: '荔湖街道居民', phone: '13800000008', hue: 185, longHair: true },
];

/** The demo citizens in the order of their cards. Their ids are the same in every run and for every appid. */
export const citizens: readonly Citizen[] = drafts.map((draft) => ({
  ...draft,
  unionid: `oU${stableText(`zengcheng-union-${draft.id}`, 26)}`,
  openids: {
    officialAccount: `oA${stableText(`zengcheng-account-${draft.id}`, 26)}`,
    miniProgram: `oM${stableText(`zengcheng-program-${draft.id}`, 26)}`,
  },
  longHair: draft.longHair ?? false,
  senior: draft.senior ?? false,
  follows: draft.follows ?? true,
  idpUid: `zc_${draft.id}`,
}));
