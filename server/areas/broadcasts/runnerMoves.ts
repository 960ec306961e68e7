import { type Broadcast, BroadcastModel } from './model.ts';
import { actLabels, after, type RunnerAct } from './states.ts';

/**
 * A step that no person took. The version stays: it guards what people wrote. Null when the broadcast is not in the
 * state any more in which the step is possible; nothing is changed then.
 */
export async function moveBroadcast(
  broadcast: Broadcast,
  act: RunnerAct,
  now: Date,
  note: string | null,
  extra: Partial<Broadcast>,
): Promise<Broadcast | null> {
  const state = after(broadcast.state, act);
  if (state === null) throw new Error(`a broadcast that is ${broadcast.state} cannot ${act}`);
  return BroadcastModel.findOneAndUpdate(
    { _id: broadcast._id, state: broadcast.state, version: broadcast.version },
    {
      $set: {
        ...extra,
        state,
        updatedAt: now,
        ...((act === 'finish' || act === 'fail') && { finishedAt: now, rate: null }),
      },
      $push: { history: { at: now, by: '系统', act: actLabels[act], note } },
    } as never,
    { returnDocument: 'after' },
  ).lean<Broadcast>();
}
