import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { type Route, route, type StaffMember } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import { changeSchedule, previewSchedule, readSchedule } from './changeSchedule.ts';
import { ScheduleEffect, ScheduleParams, ScheduleRequest, ScheduleView } from './contract.ts';
import type { BookingRoom } from './room.ts';

/** Windows and hours of a hall, for those who run it. */
export function scheduleRoutes(room: BookingRoom): readonly Route[] {
  const manage = {
    limit: 'write',
    signIn: 'staff',
    may: can('halls.manage'),
    params: ScheduleParams,
  } as const;
  const path = '/api/staff/halls/:id/schedule';
  return [
    route('GET', path, { ...manage, limit: 'read', answer: ScheduleView }, ({ staff, params }) => {
      ownHall(staff, params.id);
      return readSchedule(room, params.id);
    }),

    route(
      'POST',
      `${path}/preview`,
      { ...manage, limit: 'heavy', body: ScheduleRequest, answer: ScheduleEffect },
      ({ staff, params, body }) => {
        ownHall(staff, params.id);
        return previewSchedule(room, params.id, body);
      },
    ),

    route(
      'PUT',
      path,
      { ...manage, body: ScheduleRequest, answer: ScheduleEffect },
      ({ staff, params, body }) => {
        ownHall(staff, params.id);
        return changeSchedule(room, params.id, body, staff);
      },
    ),
  ];
}

/** Who works in certain halls changes only those. Error: 403 hall.forbidden. */
function ownHall(staff: StaffMember, hallId: string): void {
  if (staff.hallIds.length > 0 && !staff.hallIds.includes(hallId)) throw new HallError(hallErrors.forbidden);
}
