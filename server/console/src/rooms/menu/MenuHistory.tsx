import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { type MenuView, rollBackMenu } from '../../api/account.ts';
import { momentText } from '../../parts/dates.ts';
import { useSay } from '../../parts/useSay.tsx';

/** Every menu that citizens have seen, and the way back to it. */
export function MenuHistory(props: {
  view: MenuView;
  mayWrite: boolean;
  put: (view: MenuView) => void;
}): ReactNode {
  const { view, mayWrite, put } = props;
  const { modal } = App.useApp();
  const say = useSay();
  const [busy, setBusy] = useState<string | null>(null);
  const rollBack = async (version: MenuView['history'][number]): Promise<void> => {
    const sure = await modal.confirm({
      title: '恢复到这一版？',
      content: `会立即发布 ${momentText(version.publishedAt)} 的菜单，并替换现在的草稿。`,
      okText: '恢复并发布',
      okButtonProps: { 'data-testid': 'confirm' },
    });
    if (!sure) return;
    setBusy(version.id);
    try {
      put(await rollBackMenu(version.id, view.version));
      say.done('已恢复');
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(null);
    }
  };
  if (view.history.length === 0) return null;
  return (
    <section className="panel menu-history">
      <h2>发布记录</h2>
      <ul>
        {view.history.map((version, i) => (
          <li key={version.id}>
            <span className="figure">{momentText(version.publishedAt)}</span>
            <span>{version.publishedBy}</span>
            <span className="quiet">
              {version.menu.items.map((item) => item.name).join(' · ')}
              {version.menu.personal.length > 0 && `，另有 ${version.menu.personal.length} 份个性化菜单`}
            </span>
            {i === 0 ? (
              <span className="quiet">现在使用的</span>
            ) : (
              mayWrite && (
                <Button size="small" loading={busy === version.id} onClick={() => void rollBack(version)}>
                  恢复
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
