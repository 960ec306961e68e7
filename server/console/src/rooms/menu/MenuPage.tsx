import { App, Button, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import {
  listReplies,
  type MenuSet,
  type MenuView,
  publishMenu,
  readMenu,
  saveMenu,
} from '../../api/account.ts';
import { listTags } from '../../api/broadcasts.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import { ChangesDialog } from './ChangesDialog.tsx';
import { MenuBranches } from './MenuBranches.tsx';
import { MenuHistory } from './MenuHistory.tsx';
import { PersonalRule } from './PersonalRule.tsx';
import './MenuPage.css';

/** The account's menu: edited as a draft, compared with what citizens see, published, rolled back. */
export function MenuPage(): ReactNode {
  const { may } = useSession();
  const menu = useLoad((options) => readMenu(options), []);
  const replies = useLoad(async (options) => (may('replies.read') ? listReplies(options) : null), []);
  const tags = useLoad(({ signal }) => listTags(signal), []);
  if (!menu.data) return menu.error ? <Failure error={menu.error} onRetry={menu.reload} /> : <PageWait />;
  const keys = (replies.data?.replies ?? []).flatMap(({ title, trigger }) =>
    trigger.kind === 'menu' ? [{ value: trigger.key, label: title }] : [],
  );
  return (
    <MenuDesk
      key={menu.data.version}
      view={menu.data}
      put={menu.put}
      reload={menu.reload}
      replyKeys={keys}
      tags={(tags.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
}

function MenuDesk(props: {
  view: MenuView;
  put: (view: MenuView) => void;
  reload: () => void;
  replyKeys: readonly Choice<string>[];
  tags: readonly Choice<number>[];
}): ReactNode {
  const { view, put } = props;
  const { may } = useSession();
  const say = useSay();
  const { modal } = App.useApp();
  const [draft, setDraft] = useState<MenuSet>(view.draft);
  const [shown, setShown] = useState('default');
  const [busy, setBusy] = useState(false);
  const [comparing, setComparing] = useState<MenuView | null>(null);
  const mayWrite = may('menu.write');
  const dirty = JSON.stringify(draft) !== JSON.stringify(view.draft);
  const index = shown === 'default' ? null : Number(shown);
  const personal = index === null ? null : (draft.personal[index] ?? null);
  const changed = view.changes.length > 0;

  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const saved = async (): Promise<MenuView> => (dirty ? saveMenu(draft, view.version) : view);
  const save = (): Promise<void> =>
    run(async () => {
      put(await saved());
      say.done('草稿已保存，市民还看不到');
    });
  const compare = (): Promise<void> => run(async () => setComparing(await saved()));
  const publish = (): Promise<void> =>
    run(async () => {
      if (!comparing) return;
      const published = await publishMenu(comparing.version);
      setComparing(null);
      put(published);
      say.done('已发布，市民重新打开公众号后生效');
    });
  const addPersonal = (): void => {
    setDraft({
      ...draft,
      personal: [
        ...draft.personal,
        {
          title: `个性化菜单 ${draft.personal.length + 1}`,
          for: { tagId: null, platform: null },
          items: draft.items,
        },
      ],
    });
    setShown(String(draft.personal.length));
  };
  const removePersonal = async (): Promise<void> => {
    const sure = await modal.confirm({
      title: `删除「${personal?.title}」？`,
      content: '发布后，原来看到这份菜单的市民会改看默认菜单。',
      okText: '删除',
      okButtonProps: { danger: true },
    });
    if (!sure) return;
    setDraft({ ...draft, personal: draft.personal.filter((_, i) => i !== index) });
    setShown('default');
  };

  return (
    <>
      <PageHeader
        title={
          <>
            公众号菜单
            {dirty ? (
              <StateTag tone="needsYou">有未保存的修改</StateTag>
            ) : changed ? (
              <StateTag tone="needsYou" testId="menu-state">
                有 {view.changes.length} 处未发布
              </StateTag>
            ) : (
              <StateTag tone="good" testId="menu-state">
                与市民看到的一致
              </StateTag>
            )}
          </>
        }
        note="先改草稿，核对差异后再发布。发布过的每一版都可以恢复。"
        actions={
          mayWrite && (
            <>
              <Button disabled={!dirty || busy} onClick={() => void save()} data-testid="save">
                保存草稿
              </Button>
              <Button
                type="primary"
                disabled={(!dirty && !changed) || busy}
                loading={busy}
                onClick={() => void compare()}
                data-testid="publish"
              >
                核对并发布
              </Button>
            </>
          )
        }
      />
      <Tabs
        activeKey={shown}
        onChange={setShown}
        items={[
          { key: 'default', label: '默认菜单' },
          ...draft.personal.map((each, i) => ({ key: String(i), label: each.title })),
        ]}
        tabBarExtraContent={
          mayWrite && (
            <Button type="link" disabled={draft.personal.length >= 10} onClick={addPersonal}>
              添加个性化菜单
            </Button>
          )
        }
      />
      {personal && index !== null && (
        <PersonalRule
          personal={personal}
          tags={props.tags}
          disabled={!mayWrite}
          change={(next) =>
            setDraft({ ...draft, personal: draft.personal.map((each, i) => (i === index ? next : each)) })
          }
          remove={() => void removePersonal()}
        />
      )}
      <MenuBranches
        key={shown}
        items={personal?.items ?? draft.items}
        problems={dirty ? [] : view.problems}
        replyKeys={props.replyKeys}
        disabled={!mayWrite}
        change={(items) =>
          setDraft(
            index === null
              ? { ...draft, items }
              : {
                  ...draft,
                  personal: draft.personal.map((each, i) => (i === index ? { ...each, items } : each)),
                },
          )
        }
      />
      <MenuHistory view={view} mayWrite={mayWrite && !dirty} put={put} />
      <ChangesDialog
        view={comparing}
        busy={busy}
        onCancel={() => {
          // Comparing has saved the draft: from here on the page shows the saved one.
          if (comparing) put(comparing);
          setComparing(null);
        }}
        onPublish={() => void publish()}
      />
    </>
  );
}
