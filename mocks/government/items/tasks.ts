import known from './known.json' with { type: 'json' };

/** One matter as the system keeps it. */
export interface Task {
  code: string;
  version: number;
  name: string;
  department: string;
  /** 1 个人, 2 法人; "1,2" both. */
  serves: string;
  anticipate: { day: string; unit: string };
  promise: { day: string; unit: string; explain: string };
  charged: boolean;
  condition: string;
  materials: { name: string; needed: string; pages: string; form: string }[];
  fees: { name: string; standard: string; law: string }[];
  questions: { question: string; answer: string }[];
  effective: string | null;
  cancel: string | null;
  operation: 'I' | 'U' | 'D';
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A unified social credit code with right checks, from the body's place and eight characters of its own. */
function creditCode(prefix8: string, own8: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number.parseInt(own8[i]!, 36), 0);
  const rest = 11 - (sum % 11);
  const own = own8 + (rest === 10 ? 'X' : rest === 11 ? '0' : String(rest));
  let total = 0;
  let weight = 1;
  for (const character of prefix8 + own) {
    total += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return prefix8 + own + alphabet[(31 - (total % 31)) % 31];
}

const bodies = [
  '区市场监督管理局',
  '区卫生健康局',
  '市公安局增城区分局',
  '区民政局',
  '区人力资源和社会保障局',
  '区住房和城乡建设局',
  '区水务局',
  '区交通运输局',
  '市生态环境局增城分局',
  '区城市管理和综合执法局',
  '区教育局',
  '区农业农村局',
  '区文化广电旅游体育局',
  '区退役军人事务局',
  '区应急管理局',
  '区医疗保障局',
  '区司法局',
  '区残疾人联合会',
  '市规划和自然资源局增城区分局',
  '区发展和改革局',
  '区财政局',
  '区烟草专卖局',
].map((name, i) => ({ name, code: creditCode('11440118', `MB2X1${String(i).padStart(3, '0')}`) }));

/** What a permit is for, and who gives it. */
const subjects: readonly (readonly [string, string])[] = [
  ['餐饮服务单位', '区市场监督管理局'],
  ['小作坊', '区市场监督管理局'],
  ['诊所', '区卫生健康局'],
  ['民办幼儿园', '区教育局'],
  ['旅馆', '市公安局增城区分局'],
  ['网约车', '区交通运输局'],
  ['道路客运', '区交通运输局'],
  ['排水户', '区水务局'],
  ['取水', '区水务局'],
  ['临时用地', '市规划和自然资源局增城区分局'],
  ['户外广告', '区城市管理和综合执法局'],
  ['文艺演出', '区文化广电旅游体育局'],
  ['体育场所', '区文化广电旅游体育局'],
  ['种子经营', '区农业农村局'],
  ['兽药经营', '区农业农村局'],
  ['动物防疫', '区农业农村局'],
  ['烟花爆竹零售', '区应急管理局'],
  ['危险化学品经营', '区应急管理局'],
  ['社会团体', '区民政局'],
  ['民办非企业单位', '区民政局'],
  ['慈善组织', '区民政局'],
  ['职业技能培训机构', '区人力资源和社会保障局'],
  ['建筑施工企业', '区住房和城乡建设局'],
  ['房地产开发', '区住房和城乡建设局'],
  ['物业服务', '区住房和城乡建设局'],
  ['商品房预售', '区住房和城乡建设局'],
  ['人防工程', '区住房和城乡建设局'],
  ['档案', '区发展和改革局'],
  ['测绘', '市规划和自然资源局增城区分局'],
  ['林木采伐', '市规划和自然资源局增城区分局'],
];
const acts = [
  '设立',
  '变更',
  '延续',
  '注销',
  '补证',
  '备案',
  '年度报告',
  '信息公开申请',
  '变更负责人',
  '变更地址',
];
const typeCodes = ['01', '05', '07', '08', '10', '20'];

/** Text as it lies in the old system: escaped twice, broken by tags, with control characters from a word processor. */
const dirty = (lines: readonly string[], i: number): string => {
  const joined = lines
    .map((line, n) => `${n + 1}.${line}`)
    .join(i % 3 === 0 ? '&amp;lt;br/&amp;gt;' : '<br>');
  return i % 5 === 0 ? `<p style="x">${joined}\u007f</p>` : `${joined}\u0007`;
};

function knownTasks(): Task[] {
  return known.map((row, i): Task => {
    const [legal, promised] = [row.legal, row.promised].map((text) =>
      /(\d+)\s*(个工作日|日|天)/.exec(text),
    ) as [RegExpExecArray | null, RegExpExecArray | null];
    const unit = (found: RegExpExecArray | null): string => (found?.[2] === '个工作日' ? '工作日' : '自然日');
    return {
      code: row.code,
      version: 3,
      name: row.name,
      department: row.department,
      serves: [row.audiences.includes('personal') && '1', row.audiences.includes('enterprise') && '2']
        .filter(Boolean)
        .join(','),
      anticipate: { day: legal?.[1] ?? '-1', unit: unit(legal) },
      promise:
        row.promised === '当场办结'
          ? { day: '0', unit: '工作日', explain: '即办' }
          : {
              day: promised?.[1] ?? '-1',
              unit: unit(promised),
              explain: promised ? `${promised[1]}${unit(promised)}` : row.promised,
            },
      charged: row.fee !== '不收费',
      condition: dirty(['申请人符合法定条件', '申请材料齐全、真实、有效'], i),
      materials: row.materials.map((name, n) => ({
        name,
        needed: n < 3 ? '必要' : '非必要',
        pages: '1',
        form: `/files/${row.code}-${n + 1}`,
      })),
      fees: row.fee === '不收费' ? [] : [{ name: '工本费', standard: row.fee, law: '见收费公示' }],
      questions: [
        { question: `${row.name}可以委托他人办理吗`, answer: dirty(['可以，带授权委托书和双方身份证'], i) },
      ],
      effective: null,
      cancel: null,
      operation: 'U',
    };
  });
}

function madeTask(n: number): Task {
  const [subject, office] = subjects[n % subjects.length]!;
  const body = bodies.find(({ name }) => name === office)!;
  const act = acts[Math.floor(n / subjects.length) % acts.length]!;
  const round = Math.floor(n / (subjects.length * acts.length));
  const type = typeCodes[n % typeCodes.length]!;
  const days = [0, 1, 3, 5, 7, 10, 15, 20][n % 8]!;
  const base = `44${type}${String(31_000 + (n % 900)).padStart(5, '0')}${String(Math.floor(n / 900)).padStart(3, '0')}`;
  return {
    code: `${body.code}4${base}`,
    version: 1 + (n % 4),
    name: `${subject}${act}${round === 0 ? '' : `（${['区级', '镇街', '简易'][round % 3]}${round > 3 ? round : ''}）`}`,
    department: `增城${body.name}`.replace('增城市', '广州市'),
    serves: n % 3 === 0 ? '1' : n % 3 === 1 ? '2' : '1,2',
    anticipate: { day: String(Math.max(days * 2, 5)), unit: n % 4 === 0 ? '自然日' : '工作日' },
    // A day of 1 without words is how the old system writes "nobody filled it in".
    promise: {
      day: String(days),
      unit: '工作日',
      explain: days === 0 ? '即办' : days === 1 ? '' : `${days}个工作日`,
    },
    charged: n % 11 === 0,
    condition: dirty([`${subject}已依法登记`, '符合行业管理规定', '材料齐全'], n),
    materials: Array.from({ length: 2 + (n % 4) }, (_, m) => ({
      name: ['申请表', '身份证明', '场所证明（不动产权证或租赁合同）', '参保证明', '授权委托书'][m]!,
      needed: m < 2 ? '必要' : '非必要',
      pages: String(1 + (m % 2)),
      form: m === 0 ? `/files/form-${n}` : '-1',
    })),
    fees: n % 11 === 0 ? [{ name: '登记费', standard: `${(n % 9) + 1}0元`, law: '见收费公示' }] : [],
    questions: [{ question: '多久能办好', answer: days === 0 ? '当场办好' : `${days} 个工作日` }],
    effective: null,
    cancel: null,
    operation: 'U',
  };
}

/** 2,245 matters: those the demo hall knows, and made-up ones in the same manner. */
export function allTasks(total = 2245): Task[] {
  const first = knownTasks();
  return [...first, ...Array.from({ length: Math.max(0, total - first.length) }, (_, n) => madeTask(n))];
}
