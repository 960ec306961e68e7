import type { StaffMember } from '../../kernel/http/route.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { mayDo } from '../staff/policy.ts';
import type { CalendarView, ImportDetail, ImportView, YearView } from './contract.ts';
import { type CalendarImport, CalendarImportModel } from './model.ts';
import { changesOf, daysOf } from './previewYear.ts';
import type { CalendarRoom } from './room.ts';
import { countWorkdays, coverageWarning } from './rules.ts';

type Reader = Pick<StaffMember, 'staffId' | 'roles'>;

export function presentImport(each: CalendarImport, staff: Reader): ImportView {
  return {
    id: each._id,
    year: each.year,
    state: each.state,
    documentNo: each.documentNo,
    importedBy: each.importedBy.name,
    importedAt: each.importedAt.toISOString(),
    decidedBy: each.decidedBy?.name ?? null,
    decidedAt: each.decidedAt?.toISOString() ?? null,
    undoneBy: each.undoneBy?.name ?? null,
    undoneAt: each.undoneAt?.toISOString() ?? null,
    reason: each.reason,
    acts: actsOf(each, staff),
  };
}

function actsOf(each: CalendarImport, staff: Reader): ImportView['acts'] {
  if (!mayDo(staff, 'calendar.act')) return [];
  if (each.state === 'live') return ['undo'];
  if (each.state !== 'waiting') return [];
  return each.importedBy.id === staff.staffId ? ['reject'] : ['approve', 'reject'];
}

export const presentDetail = async (
  room: CalendarRoom,
  each: CalendarImport,
  staff: Reader,
): Promise<ImportDetail> => ({
  ...presentImport(each, staff),
  days: [...each.days],
  workdays: countWorkdays(each.year, each.days),
  changes: each.state === 'waiting' ? await changesOf(room, each.year, each.days) : [],
});

const importsShown = 30;

/** The year before, this one, and those known after it, up to two ahead. */
export async function presentCalendar(room: CalendarRoom, staff: Reader): Promise<CalendarView> {
  const { calendar } = room;
  const today = localDayOf(room.clock.now());
  const thisYear = Number(today.slice(0, 4));
  const years: YearView[] = [];
  for (let year = thisYear - 1; year <= thisYear + 2; year++) {
    const source = calendar.sourceOf(year);
    if (source === null) continue;
    const days = daysOf(calendar, year);
    years.push({ year, source, days, workdays: countWorkdays(year, days) });
  }
  const imports = await CalendarImportModel.find()
    .sort({ importedAt: -1, _id: -1 })
    .limit(importsShown)
    .lean<CalendarImport[]>();
  return {
    today,
    publishedUntil: calendar.publishedUntil,
    warning: coverageWarning(today, calendar.publishedUntil),
    years,
    imports: imports.map((each) => presentImport(each, staff)),
  };
}
