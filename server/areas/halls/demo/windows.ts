import type { HallWindow, HallZone } from '../model.ts';

/**
 * The windows of the demo halls. Zone A of the district hall: 42 windows that serve every department together;
 * zone B: 180 windows by trade. (Counts: government-systems.md, section 6.)
 */
const trades = [
  ['不动产', 40, ['市规划和自然资源局增城区分局']],
  ['出入境', 20, ['市公安局增城区分局']],
  ['户政', 24, ['市公安局增城区分局']],
  ['社保', 36, ['区人力资源和社会保障局']],
  ['医保', 20, ['区医疗保障局']],
  ['公证法援', 8, ['区司法局']],
  ['婚姻', 12, ['区民政局']],
  ['民政', 20, ['区民政局', '区残疾人联合会', '区卫生健康局', '区住房和城乡建设局']],
] as const;

const zoneADepartments = [
  '区市场监督管理局',
  '区卫生健康局',
  '区人力资源和社会保障局',
  '区住房和城乡建设局',
  '区水务局',
  '区交通运输局',
  '市生态环境局增城分局',
  '区城市管理和综合执法局',
  '区教育局',
];

const numbered = (letter: string, index: number): string => `${letter}${String(index + 1).padStart(2, '0')}`;

export function districtZones(): HallZone[] {
  const zoneA: HallWindow[] = Array.from({ length: 42 }, (_, index) => ({
    number: numbered('A', index),
    name: '综合受理',
    departments: zoneADepartments,
    group: '综合',
  }));
  const zoneB = trades
    .flatMap(([group, count, departments]) => Array.from({ length: count }, () => ({ group, departments })))
    .map(
      ({ group, departments }, index): HallWindow => ({
        number: numbered('B', index),
        name: group,
        departments: [...departments],
        group,
      }),
    );
  return [
    { code: 'A', name: 'A区 综合受理', floor: '首层', windows: zoneA },
    { code: 'B', name: 'B区 专业服务', floor: '首层', windows: zoneB },
  ];
}

/** A town centre: eight windows that serve what has been handed down to the towns. */
export function townZones(): HallZone[] {
  const windows = Array.from(
    { length: 8 },
    (_, index): HallWindow => ({
      number: String(index + 1).padStart(2, '0'),
      name: '综合受理',
      departments: [...new Set([...trades.flatMap(([, , departments]) => departments), ...zoneADepartments])],
      group: '综合',
    }),
  );
  return [{ code: 'T', name: '便民服务大厅', floor: '首层', windows }];
}

/** A village station: one desk, no booking. */
export const villageZones = (): HallZone[] => [
  {
    code: 'V',
    name: '服务站',
    floor: '首层',
    windows: [{ number: '01', name: '便民服务', departments: ['区民政局', '区医疗保障局'], group: '综合' }],
  },
];
