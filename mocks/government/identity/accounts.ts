import { createHash } from 'node:crypto';
import { Keep } from '../core/keep.ts';

export interface Way {
  code: string;
  level: string;
  at: string | null;
}

/** An account of the province's identity platform. All of them are synthetic. */
export interface Account {
  uid: string;
  userIdCode: string;
  kind: 'personal' | 'enterprise';
  name: string;
  idType: string;
  idNumber: string;
  phone: string | null;
  level: 'L0' | 'L1' | 'L2' | 'L3';
  ways: Way[];
  frozen: boolean;
  version: number;
  address: string;
  /** Of an enterprise: who acts for it. */
  operator: string | null;
  legalPerson: string | null;
  /** One line for the page where the account is chosen. */
  about: string;
}

type Draft = Pick<Account, 'uid' | 'name' | 'idNumber' | 'phone' | 'level' | 'about'> & Partial<Account>;

const drafts: Draft[] = [
  {
    uid: 'zc_wang',
    name: '王小明',
    idNumber: '440118199001010019',
    phone: '13800000001',
    level: 'L2',
    about: '刷脸核验过',
  },
  {
    uid: 'zc_chen',
    name: '陈秀英',
    idNumber: '440125195203120027',
    phone: '13800000002',
    level: 'L2',
    about: '刷脸核验过',
  },
  {
    uid: 'zc_li',
    name: '李志明',
    idNumber: '440183197605200030',
    phone: '13800000003',
    level: 'L2',
    about: '刷脸核验过',
  },
  {
    uid: 'zc_li_firm',
    kind: 'enterprise',
    name: '增城示例餐饮店',
    idType: '49',
    idNumber: '91440118MA9X000111',
    phone: '13800000003',
    level: 'L2',
    operator: '李志明',
    legalPerson: '李志明',
    about: '经办人 李志明',
  },
  {
    uid: 'zc_he',
    name: '何小雨',
    idNumber: '440118200005200026',
    phone: '13800000004',
    level: 'L2',
    about: '刷脸核验过',
  },
  {
    uid: 'zc_zhang',
    name: '张伟',
    idNumber: '440118199508080016',
    phone: '13800000005',
    level: 'L1',
    about: '姓名和证件号核对过',
  },
  {
    uid: 'zc_huang',
    name: '黄丽珍',
    idNumber: '440118198812150029',
    phone: '13800000006',
    level: 'L1',
    about: '姓名和证件号核对过',
  },
  {
    uid: 'zc_liang',
    name: '梁志强',
    idNumber: '440118198511030031',
    phone: '13800000007',
    level: 'L1',
    about: '姓名和证件号核对过',
  },
  {
    uid: 'zc_zhou',
    name: '周敏',
    idNumber: '440118199207170069',
    phone: '13800000008',
    level: 'L1',
    about: '姓名和证件号核对过',
  },
  {
    uid: 'zc_lin',
    name: '林静怡',
    idNumber: '810000199408230048',
    phone: null,
    level: 'L1',
    about: '港澳居民居住证，没有留手机号',
  },
  {
    uid: 'zc_wu',
    name: '吴国强',
    idNumber: '440118197909260035',
    phone: '13800000011',
    level: 'L0',
    about: '只核对过格式',
  },
  {
    uid: 'zc_dong',
    name: '董建平',
    idNumber: '440183197605200030',
    phone: '13800000012',
    level: 'L1',
    frozen: true,
    about: '已冻结',
  },
];

const wayOf: Record<Account['level'], string> = { L0: 'IDV', L1: 'IDV', L2: 'YSS', L3: 'GW' };

function completed(draft: Draft): Account {
  return {
    userIdCode: createHash('sha256').update(`useridcode ${draft.uid}`).digest('hex').slice(0, 32),
    kind: 'personal',
    idType: '10',
    ways: [
      { code: wayOf[draft.level], level: draft.level, at: '2025-02-28 16:45:26' },
      { code: 'ZCX', level: 'L0', at: null }, // a way that no list of codes names
    ],
    frozen: false,
    version: 4,
    address: '广东省广州市增城区荔城街道示例路1号=A座',
    operator: null,
    legalPerson: null,
    ...draft,
  };
}

/** The platform's accounts; what an administrator changed survives a restart. */
export class Accounts {
  readonly #keep: Keep<Record<string, Partial<Account>>>;
  constructor(dir: string | undefined) {
    this.#keep = new Keep(dir, 'identity-accounts', () => ({}));
  }

  all(): Account[] {
    return drafts.map((draft) => ({ ...completed(draft), ...this.#keep.value[draft.uid] }));
  }

  find(uid: string): Account | undefined {
    return this.all().find((account) => account.uid === uid);
  }

  /** Changes an account as its owner or the platform would; the profile's version grows. */
  change(uid: string, change: Partial<Account>): Account {
    const account = this.find(uid);
    if (!account) throw new Error(`no account ${uid}`);
    const kept = this.#keep.value[uid] ?? {};
    this.#keep.value[uid] = { ...kept, ...change, version: account.version + 1 };
    this.#keep.save();
    return this.find(uid)!;
  }

  reset(): void {
    this.#keep.replace({});
  }
}
