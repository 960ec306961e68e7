import type { StaffMember } from '../../kernel/http/route.ts';
import { mayDo } from '../staff/policy.ts';
import type { Broadcast } from './model.ts';
import { after, type StaffAct } from './states.ts';

const needed = {
  edit: 'broadcasts.write',
  submit: 'broadcasts.write',
  approve: 'broadcasts.approve',
  reject: 'broadcasts.approve',
  pause: 'broadcasts.run',
  resume: 'broadcasts.run',
  stop: 'broadcasts.run',
} as const satisfies Record<StaffAct, string>;

/** May this member of staff do it by role? Whether it is their own broadcast is another question. */
export const mayAct = (staff: Pick<StaffMember, 'roles'>, act: StaffAct): boolean =>
  mayDo(staff, needed[act]);

/** Nobody approves, or sends back, what they wrote, changed or submitted (I10). */
export const isOwn = (broadcast: Pick<Broadcast, 'writers'>, staffId: string): boolean =>
  broadcast.writers.includes(staffId);

/** A mass text is with WeChat the moment it is sent: it cannot be paused or taken back. */
export const isRunnerBound = (broadcast: Pick<Broadcast, 'content' | 'massMsgId'>): boolean =>
  broadcast.content.kind === 'template' || broadcast.massMsgId === null;

/** What the console offers this member of staff now. */
export function actsFor(broadcast: Broadcast, staff: StaffMember): string[] {
  const acts: string[] = (Object.keys(needed) as StaffAct[]).filter((act) => {
    if (after(broadcast.state, act) === null || !mayAct(staff, act)) return false;
    if (act === 'approve' || act === 'reject') return !isOwn(broadcast, staff.staffId);
    return act === 'pause' || act === 'stop' ? isRunnerBound(broadcast) : true;
  });
  if (mayAct(staff, 'edit') && after(broadcast.state, 'edit') !== null) acts.push('testSend');
  return acts;
}
