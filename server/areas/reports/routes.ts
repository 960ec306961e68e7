import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { type Route, route, type StaffMember } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import { VisitsQuery, VisitsReport } from './contract.ts';
import { visitsReport } from './visitsReport.ts';
import { writeVisits } from './writeVisits.ts';

const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const reportsRoutes = (): readonly Route[] => {
  const read = { limit: 'heavy', signIn: 'staff', may: can('queue.read'), query: VisitsQuery } as const;
  return [
    route('GET', '/api/staff/statistics/visits', { ...read, answer: VisitsReport }, ({ staff, query }) => {
      ownHall(staff, query.hall);
      return visitsReport(query);
    }),

    route(
      'GET',
      '/api/staff/statistics/visits.xlsx',
      { ...read, answer: 'raw' },
      async ({ staff, query, ctx }) => {
        ownHall(staff, query.hall);
        const report = await visitsReport(query);
        ctx.attachment(`办事统计-${report.hall.name}-${report.from}-${report.to}.xlsx`);
        ctx.type = excel;
        ctx.body = await writeVisits(report);
      },
    ),
  ];
};

function ownHall(staff: StaffMember, hallId: string): void {
  if (staff.hallIds.length > 0 && !staff.hallIds.includes(hallId)) throw new HallError(hallErrors.forbidden);
}
