import type { Worker } from '../../kernel/jobs.ts';
import { log } from '../../kernel/log.ts';
import { startWorkLoop } from '../../kernel/outbox/workLoop.ts';
import { publishInitialMenu } from './publishMenu.ts';
import { ReplyModel, seedReplies } from './replyModel.ts';
import type { AccountRoom } from './room.ts';

/** Gives a new account its first replies and menu, as soon as WeChat can be reached; afterwards there is nothing to do. */
export const accountWorkers = (room: AccountRoom): readonly Worker[] => [
  {
    name: 'account.setUp',
    start: () =>
      startWorkLoop({
        name: 'account.setUp',
        pollMs: 30_000,
        step: async () => {
          if ((await ReplyModel.countDocuments().limit(1)) === 0) await seedReplies(room.clock.now());
          await publishInitialMenu(room).catch((cause: unknown) =>
            log.warn({ cause }, 'the first menu could not be published yet'),
          );
          return false;
        },
      }),
  },
];
