import { GovernmentError } from '../../government/kit/governmentError.ts';
import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import { newId } from '../../kernel/ids.ts';
import { log } from '../../kernel/log.ts';
import { mattersErrors } from './contract.ts';
import { nothingYet, type RunState, type SyncRun, SyncRunModel } from './runModel.ts';
import { type SyncRoom, syncMatters } from './syncMatters.ts';

/** A run without a sign of life for this long has lost its process. Longer than a page with its second try takes. */
const silentMs = 120_000;

/** Asks for a run; a worker begins it within seconds. Errors: `syncRunning`. */
export async function askForSync(
  room: Pick<SyncRoom, 'clock'>,
  force: boolean,
  staff: Pick<StaffMember, 'staffId' | 'name'>,
): Promise<SyncRun> {
  const run = await openRun(room, {
    cause: 'staff',
    force,
    askedBy: { id: staff.staffId, name: staff.name },
  });
  if (!run) throw new HallError(mattersErrors.syncRunning);
  return run;
}

/** The nightly run, in the process that asks. Does nothing while another one is at it. */
export async function syncNightly(room: SyncRoom): Promise<void> {
  const run = await openRun(room, { cause: 'nightly', force: false, askedBy: null });
  if (run) await runWaiting(room);
}

/** Once more after a run that failed or lost its process; a delivery that was refused waits for a person. */
export async function syncAgain(room: SyncRoom): Promise<void> {
  const last = await SyncRunModel.findOne().sort({ askedAt: -1, _id: -1 }).lean<SyncRun>();
  if (last?.state === 'failed' || last?.state === 'interrupted') await syncNightly(room);
}

/** Begins the run that waits, if there is one, and sees it through. Answers whether there was one. */
export async function runWaiting(room: SyncRoom): Promise<boolean> {
  await closeSilent(room);
  const run = await SyncRunModel.findOneAndUpdate(
    { state: 'waiting' },
    { $set: { state: 'running', startedAt: room.clock.now(), beatAt: room.clock.wall() } },
    { returnDocument: 'after' },
  ).lean<SyncRun>();
  if (!run) return false;
  const finish = (state: RunState, problem: string | null): Promise<unknown> =>
    SyncRunModel.updateOne(
      { _id: run._id },
      { $set: { state, problem, active: false, finishedAt: room.clock.now() } },
    );
  try {
    let known = true;
    const delivery = await syncMatters(room, run.force, async (progress) => {
      known = false;
      await SyncRunModel.updateOne({ _id: run._id }, { $set: { ...progress, beatAt: room.clock.wall() } });
    });
    if (delivery === null) await finish('failed', '另一个进程正在同步，请稍后再看');
    else if (delivery.state === 'refused') {
      await SyncRunModel.updateOne({ _id: run._id }, { $set: { deliveryId: delivery._id } });
      await finish('refused', delivery.problem);
    } else await finish(known ? 'unchanged' : 'live', null);
  } catch (error) {
    log.error({ cause: error, run: run._id }, 'a sync of matters failed');
    const asked = error instanceof GovernmentError;
    await finish(
      'failed',
      asked ? `省事项系统没有正常答复（${error.code}），稍后再试` : '同步时出了故障，请联系运维查看日志',
    );
  }
  return true;
}

async function openRun(
  room: Pick<SyncRoom, 'clock'>,
  asked: Pick<SyncRun, 'cause' | 'force' | 'askedBy'>,
): Promise<SyncRun | null> {
  await closeSilent(room);
  const made: SyncRun = {
    ...nothingYet,
    ...asked,
    _id: newId(),
    state: 'waiting',
    active: true,
    askedAt: room.clock.now(),
    startedAt: null,
    finishedAt: null,
    beatAt: room.clock.wall(),
  };
  try {
    await SyncRunModel.create([made]);
    return made;
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

/** A run whose process died would keep everybody out. What it left of a delivery is taken up by the next run. */
async function closeSilent(room: Pick<SyncRoom, 'clock'>): Promise<void> {
  await SyncRunModel.updateMany(
    { state: 'running', beatAt: { $lt: new Date(room.clock.wall().getTime() - silentMs) } },
    {
      $set: {
        state: 'interrupted',
        active: false,
        finishedAt: room.clock.now(),
        problem: '进程中断，下一次同步会接着做',
      },
    },
  );
}
