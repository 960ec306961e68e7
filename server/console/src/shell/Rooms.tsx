import { lazy, type ReactNode, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { Failure } from '../parts/Failure.tsx';
import { PageWait } from '../parts/PageWait.tsx';
import { SignInPage } from '../rooms/signIn/SignInPage.tsx';
import { useSession } from '../session/Session.tsx';
import { firstRoom } from './navigation.ts';

// Each room is a file of its own for the browser: the sign-in page needs none of them.
const Shell = lazy(() => import('./Shell.tsx').then((m) => ({ default: m.Shell })));
const BookingsPage = lazy(() =>
  import('../rooms/bookings/BookingsPage.tsx').then((m) => ({ default: m.BookingsPage })),
);
const BroadcastsPage = lazy(() =>
  import('../rooms/broadcasts/BroadcastsPage.tsx').then((m) => ({ default: m.BroadcastsPage })),
);
const ComposePage = lazy(() =>
  import('../rooms/broadcasts/ComposePage.tsx').then((m) => ({ default: m.ComposePage })),
);
const BroadcastPage = lazy(() =>
  import('../rooms/broadcasts/BroadcastPage.tsx').then((m) => ({ default: m.BroadcastPage })),
);
const WindowPage = lazy(() =>
  import('../rooms/window/WindowPage.tsx').then((m) => ({ default: m.WindowPage })),
);
const QueuePage = lazy(() => import('../rooms/queue/QueuePage.tsx').then((m) => ({ default: m.QueuePage })));
const HallsPage = lazy(() => import('../rooms/halls/HallsPage.tsx').then((m) => ({ default: m.HallsPage })));
const VisitsPage = lazy(() =>
  import('../rooms/statistics/VisitsPage.tsx').then((m) => ({ default: m.VisitsPage })),
);
const ClosuresPage = lazy(() =>
  import('../rooms/closures/ClosuresPage.tsx').then((m) => ({ default: m.ClosuresPage })),
);
const NoShowsPage = lazy(() =>
  import('../rooms/noShows/NoShowsPage.tsx').then((m) => ({ default: m.NoShowsPage })),
);
const ProxiesPage = lazy(() =>
  import('../rooms/proxies/ProxiesPage.tsx').then((m) => ({ default: m.ProxiesPage })),
);
const InboxPage = lazy(() => import('../rooms/inbox/InboxPage.tsx').then((m) => ({ default: m.InboxPage })));
const MenuPage = lazy(() => import('../rooms/menu/MenuPage.tsx').then((m) => ({ default: m.MenuPage })));
const RepliesPage = lazy(() =>
  import('../rooms/replies/RepliesPage.tsx').then((m) => ({ default: m.RepliesPage })),
);
const TagsPage = lazy(() => import('../rooms/tags/TagsPage.tsx').then((m) => ({ default: m.TagsPage })));
const TemplatesPage = lazy(() =>
  import('../rooms/templates/TemplatesPage.tsx').then((m) => ({ default: m.TemplatesPage })),
);
const NoticesPage = lazy(() =>
  import('../rooms/notices/NoticesPage.tsx').then((m) => ({ default: m.NoticesPage })),
);
const StatisticsPage = lazy(() =>
  import('../rooms/statistics/StatisticsPage.tsx').then((m) => ({ default: m.StatisticsPage })),
);
const AccountsPage = lazy(() =>
  import('../rooms/accounts/AccountsPage.tsx').then((m) => ({ default: m.AccountsPage })),
);
const CalendarPage = lazy(() =>
  import('../rooms/calendar/CalendarPage.tsx').then((m) => ({ default: m.CalendarPage })),
);
const ImportPage = lazy(() =>
  import('../rooms/calendar/ImportPage.tsx').then((m) => ({ default: m.ImportPage })),
);
const ImportDetailPage = lazy(() =>
  import('../rooms/calendar/ImportDetailPage.tsx').then((m) => ({ default: m.ImportDetailPage })),
);
const MatterSyncPage = lazy(() =>
  import('../rooms/matterSync/MatterSyncPage.tsx').then((m) => ({ default: m.MatterSyncPage })),
);
const PaymentsPage = lazy(() =>
  import('../rooms/payments/PaymentsPage.tsx').then((m) => ({ default: m.PaymentsPage })),
);
const BooksPage = lazy(() =>
  import('../rooms/payments/BooksPage.tsx').then((m) => ({ default: m.BooksPage })),
);
const SystemsPage = lazy(() =>
  import('../rooms/systems/SystemsPage.tsx').then((m) => ({ default: m.SystemsPage })),
);
const SystemPage = lazy(() =>
  import('../rooms/systems/SystemPage.tsx').then((m) => ({ default: m.SystemPage })),
);
const RatingsPage = lazy(() =>
  import('../rooms/ratings/RatingsPage.tsx').then((m) => ({ default: m.RatingsPage })),
);
const AuditPage = lazy(() => import('../rooms/audit/AuditPage.tsx').then((m) => ({ default: m.AuditPage })));

export function Rooms(): ReactNode {
  const session = useSession();
  if (session.state === 'asking') return <PageWait whole />;
  if (session.state === 'failed') return <Failure error={session.error} onRetry={session.ask} whole />;
  if (session.state === 'signedOut') return <SignInPage />;
  const first = firstRoom(session.may);
  return (
    <Suspense fallback={<PageWait whole />}>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={first ? <Navigate to={first} replace /> : <NothingHere />} />
          <Route path="bookings" element={<Only permission="bookings.read" room={<BookingsPage />} />} />
          <Route path="window" element={<Only permission="queue.call" room={<WindowPage />} />} />
          <Route path="queue" element={<Only permission="queue.read" room={<QueuePage />} />} />
          <Route path="halls" element={<Only permission="halls.manage" room={<HallsPage />} />} />
          <Route path="visits" element={<Only permission="queue.read" room={<VisitsPage />} />} />
          <Route path="closures" element={<Only permission="bookings.manage" room={<ClosuresPage />} />} />
          <Route path="no-shows" element={<Only permission="bookings.manage" room={<NoShowsPage />} />} />
          <Route path="proxies" element={<Only permission="agents.decide" room={<ProxiesPage />} />} />
          <Route path="broadcasts">
            <Route index element={<Only permission="broadcasts.read" room={<BroadcastsPage />} />} />
            <Route path="new" element={<Only permission="broadcasts.write" room={<ComposePage />} />} />
            <Route path=":id" element={<Only permission="broadcasts.read" room={<BroadcastPage />} />} />
            <Route path=":id/edit" element={<Only permission="broadcasts.write" room={<ComposePage />} />} />
          </Route>
          <Route path="inbox" element={<Only permission="inbox.read" room={<InboxPage />} />} />
          <Route path="inbox/:id" element={<Only permission="inbox.read" room={<InboxPage />} />} />
          <Route path="menu" element={<Only permission="menu.read" room={<MenuPage />} />} />
          <Route path="replies" element={<Only permission="replies.read" room={<RepliesPage />} />} />
          <Route path="tags" element={<Only permission="broadcasts.read" room={<TagsPage />} />} />
          <Route path="templates" element={<Only permission="templates.read" room={<TemplatesPage />} />} />
          <Route path="notices" element={<Only permission="notices.read" room={<NoticesPage />} />} />
          <Route
            path="statistics"
            element={<Only permission="statistics.read" room={<StatisticsPage />} />}
          />
          <Route path="accounts" element={<Only permission="staff.read" room={<AccountsPage />} />} />
          <Route path="calendar">
            <Route index element={<Only permission="calendar.read" room={<CalendarPage />} />} />
            <Route path="import" element={<Only permission="calendar.act" room={<ImportPage />} />} />
            <Route
              path="imports/:id"
              element={<Only permission="calendar.read" room={<ImportDetailPage />} />}
            />
          </Route>
          <Route
            path="matter-sync"
            element={<Only permission="matterSync.read" room={<MatterSyncPage />} />}
          />
          <Route path="payments" element={<Only permission="payments.read" room={<PaymentsPage />} />} />
          <Route path="books" element={<Only permission="payments.read" room={<BooksPage />} />} />
          <Route path="systems" element={<Only permission="systems.read" room={<SystemsPage />} />} />
          <Route path="systems/:id" element={<Only permission="systems.read" room={<SystemPage />} />} />
          <Route path="ratings" element={<Only permission="ratings.read" room={<RatingsPage />} />} />
          <Route path="audit" element={<Only permission="audit.read" room={<AuditPage />} />} />
          <Route path="*" element={<Lost />} />
        </Route>
      </Routes>
    </Suspense>
  );
}

/** The server refuses too; this only spares people a page that could show nothing. */
function Only({ permission, room }: { permission: string; room: ReactNode }): ReactNode {
  const { may } = useSession();
  if (may(permission)) return room;
  return <Notice title="您没有查看这一页的权限" text="如工作需要，请联系系统管理员为您开通。" />;
}

const NothingHere = (): ReactNode => (
  <Notice title="还没有为您开通任何功能" text="请联系系统管理员为您分配角色。" />
);
const Lost = (): ReactNode => <Notice title="没有这个页面" text="请从左侧菜单选择要去的地方。" />;

function Notice({ title, text }: { title: string; text: string }): ReactNode {
  return (
    <div className="notice">
      <h1>{title}</h1>
      <p>{text}</p>
    </div>
  );
}
