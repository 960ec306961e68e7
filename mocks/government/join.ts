import type { AcceptSystem } from './accept/system.ts';
import type { LicencesSystem } from './licences/system.ts';
import type { ProgressSystem } from './progress/system.ts';

/** The systems know of each other as they do outside: what is accepted shows in the exchange, what is granted becomes a licence. */
export function joinSystems(systems: {
  accept: AcceptSystem;
  progress: ProgressSystem;
  licences: LicencesSystem;
}): void {
  const { accept, progress, licences } = systems;
  accept.onRow = (row) => progress.add(row);
  accept.issueLicence = (found, type) => {
    const { kind, idNumber, name } = found.applicant;
    const holder = { idType: kind === '1' ? '111' : '001', idNumber, name };
    return licences.issue(type, holder, found.taskName, { BJBH: found.sblshShort });
  };
}
