import type { Hall, WeeklyHours } from '../model.ts';
import towns from './towns.json' with { type: 'json' };
import { districtZones, townZones, villageZones } from './windows.ts';

const districtHours: WeeklyHours[] = [
  { weekdays: [1, 2, 3, 4, 5], intervals: [['09:00', '12:00'], ['13:00', '17:00']] }, // biome-ignore format: one line
];
const townHours: WeeklyHours[] = [
  { weekdays: [1, 2, 3, 4, 5], intervals: [['08:30', '12:00'], ['14:00', '17:30']] }, // biome-ignore format: one line
];

/** The district hall, 13 town centres and 370 village stations. Addresses nobody published are marked as examples. */
export function demoHalls(): Hall[] {
  const district: Hall = {
    id: 'district',
    kind: 'district',
    name: '增城区政务服务中心',
    townCode: '440118005',
    townName: '荔湖街道',
    address: '增城区荔湖街道景观大道北7号',
    phone: '020-82729239',
    place: { latitude: 23.263, longitude: 113.81 },
    transport: '设 A、B 两区，停车场两处，约 800 个车位。',
    zones: districtZones(),
    hours: districtHours,
    exceptions: [],
    bookable: true,
    rank: 0,
  };
  const centres = towns.map(
    (town, index): Hall => ({
      id: `town-${town.code}`,
      kind: 'town',
      name: `${town.name}政务服务中心`,
      townCode: town.code,
      townName: town.name,
      address: `增城区${town.name}（示例地址）`,
      phone: null,
      place: { latitude: town.latitude, longitude: town.longitude },
      transport: null,
      zones: townZones(),
      hours: townHours,
      exceptions: [],
      bookable: true,
      rank: 1 + index,
    }),
  );
  const stations = towns.flatMap((town) => town.villages.map((village) => ({ town, village })));
  const villages = stations.map(
    ({ town, village }, index): Hall => ({
      id: `village-${village.code}`,
      kind: 'village',
      name: `${village.name}政务服务站`,
      townCode: town.code,
      townName: town.name,
      address: `增城区${town.name}${village.name}`,
      phone: null,
      place: null,
      transport: null,
      zones: villageZones(),
      hours: townHours,
      exceptions: [],
      bookable: false,
      rank: 100 + index,
    }),
  );
  return [district, ...centres, ...villages];
}
