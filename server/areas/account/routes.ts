import type { Route } from '../../kernel/http/route.ts';
import { inboxRoutes } from './inboxRoutes.ts';
import { menuRoutes } from './menuRoutes.ts';
import { replyRoutes } from './replyRoutes.ts';
import type { AccountRoom } from './room.ts';
import { tagRoutes } from './tagRoutes.ts';

export const accountRoutes = (room: AccountRoom): readonly Route[] => [
  ...inboxRoutes(room),
  ...replyRoutes(room),
  ...menuRoutes(room),
  ...tagRoutes(room),
];
