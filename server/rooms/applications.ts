import { recordEvents } from '../areas/applications/events.ts';
import { applicationsJobs } from '../areas/applications/jobs.ts';
import type { ApplicationsRoom } from '../areas/applications/room.ts';
import { applicationsRoutes } from '../areas/applications/routes.ts';
import { applicationsWorkers } from '../areas/applications/worker.ts';
import { createClamd } from '../areas/attachments/clamd.ts';
import type { MalwareScanner } from '../areas/attachments/room.ts';
import { findMatter } from '../areas/matters/findMatter.ts';
import { findPerson } from '../areas/people/findPerson.ts';
import { requireLevel } from '../areas/people/policy.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../kernel/clock.ts';
import type { FieldCipher } from '../kernel/crypto/fieldCipher.ts';
import type { Route } from '../kernel/http/route.ts';
import type { Job, Worker } from '../kernel/jobs.ts';
import { log } from '../kernel/log.ts';
import type { WorkingDayCalendar } from '../kernel/workingDays/calendar.ts';
import type { CaseHandlers, CaseSystems } from './caseSystems.ts';

/** Applying online: forms, drafts, files, cases. */
export function openApplications(
  config: Config,
  clock: Clock,
  deps: {
    readonly calendar: WorkingDayCalendar;
    readonly cipher: FieldCipher;
    readonly systems: Pick<CaseSystems, 'accept' | 'licences'>;
    readonly caseDecided: NonNullable<ApplicationsRoom['caseDecided']>;
  },
): {
  readonly room: ApplicationsRoom;
  readonly routes: readonly Route[];
  readonly jobs: readonly Job[];
  readonly workers: readonly Worker[];
  /** Takes what 综合受理 tells about our cases. */
  readonly onAccept: NonNullable<CaseHandlers['onAccept']>;
} {
  const room: ApplicationsRoom = {
    ...{ clock, calendar: deps.calendar, cipher: deps.cipher, findMatter, findPerson },
    ...{ accept: deps.systems.accept, licences: deps.systems.licences, caseDecided: deps.caseDecided },
    files: { clock, scanner: scannerOf(config), secret: config.SIGNING_KEY },
  };
  return {
    room,
    routes: applicationsRoutes(room, requireLevel(2)),
    jobs: applicationsJobs(room),
    workers: applicationsWorkers(room),
    onAccept: async ({ ourNumber, event }) => {
      const ours = ourNumber !== '' && (await recordEvents(room, ourNumber, [event], 'callback'));
      if (!ours) log.info({ table: event.table }, 'an event of a case that was not submitted here');
    },
  };
}

/** Without a scanner nothing leaves quarantine: an unscanned file is never shown or submitted. */
function scannerOf({ CLAMD_ADDRESS: address }: Config): MalwareScanner {
  if (!address) return { scan: () => Promise.reject(new Error('CLAMD_ADDRESS is not set')) };
  const [host, port] = address.split(':') as [string, string];
  return createClamd({ host, port: Number(port) });
}
