import { Dropdown } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { FaultBoundary } from '../parts/FaultBoundary.tsx';
import { HelpBar } from '../parts/HelpBar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { PageWait } from '../parts/PageWait.tsx';
import { useSession } from '../session/Session.tsx';
import { navigation } from './navigation.ts';
import './Shell.css';

const PasswordDialog = lazy(() =>
  import('./PasswordDialog.tsx').then((m) => ({ default: m.PasswordDialog })),
);

/** The frame around every room: who I am, where I can go. */
export function Shell(): ReactNode {
  return (
    <div className="shell">
      <a className="skip" href="#content">
        跳到内容
      </a>
      <aside className="shell-side">
        <div className="shell-brand">
          <Icon name="hall" size={26} />
          <div>
            <strong>增城政务服务</strong>
            <span>工作台</span>
          </div>
        </div>
        <Navigation />
        <Account />
      </aside>
      <main className="shell-main" id="content" tabIndex={-1}>
        <HelpBar />
        <FaultBoundary at={useLocation().pathname}>
          <Suspense fallback={<PageWait />}>
            <Outlet />
          </Suspense>
        </FaultBoundary>
      </main>
    </div>
  );
}

function Navigation(): ReactNode {
  const { may } = useSession();
  return (
    <nav aria-label="主菜单">
      {navigation.map((group) => {
        const items = group.items.filter((item) => may(item.permission));
        if (items.length === 0) return null;
        return (
          <section key={group.label}>
            <h2>{group.label}</h2>
            {items.map((item) => (
              <NavLink key={item.path} to={item.path} data-testid={item.testId} className="shell-link">
                <Icon name={item.icon} />
                <span>{item.label}</span>
              </NavLink>
            ))}
          </section>
        );
      })}
    </nav>
  );
}

function Account(): ReactNode {
  const { staff, leave } = useSession();
  const navigate = useNavigate();
  const [changing, setChanging] = useState(false);
  if (!staff) return null;
  const signOut = async (): Promise<void> => {
    await leave();
    navigate('/', { replace: true });
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="topLeft"
        menu={{
          items: [
            { key: 'password', label: '修改密码', onClick: () => setChanging(true) },
            { key: 'out', label: '退出登录', onClick: () => void signOut() },
          ],
        }}
      >
        <button
          type="button"
          className="shell-account"
          data-testid="account"
          title={staff.roleLabels.join('、')}
        >
          <span className="shell-face" aria-hidden>
            {staff.name.slice(0, 1)}
          </span>
          <span className="shell-who">
            <strong>{staff.name}</strong>
            <small>
              {staff.hall ? `${staff.roleLabels[0]} · ${staff.hall.name}` : staff.roleLabels.join('、')}
            </small>
          </span>
          <Icon name="more" size={18} />
        </button>
      </Dropdown>
      {changing && (
        <Suspense fallback={null}>
          <PasswordDialog open onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  );
}
