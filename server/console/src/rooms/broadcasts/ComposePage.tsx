import { Alert, App, Button, Form, Input } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { actOn, listTags, listTemplates, readBroadcast } from '../../api/broadcasts.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { AudienceFields } from './AudienceFields.tsx';
import { BroadcastPhone } from './BroadcastPhone.tsx';
import { ContentFields } from './ContentFields.tsx';
import { limits } from './draft.ts';
import { Counter, problemOf } from './fieldParts.tsx';
import { type DraftDesk, useDraftDesk } from './useDraftDesk.ts';
import { useTestSend } from './useTestSend.tsx';
import './ComposePage.css';

export function ComposePage(): ReactNode {
  const { id = null } = useParams();
  const saved = useLoad(async (options) => (id ? readBroadcast(id, options) : null), [id]);
  const templates = useLoad(({ signal }) => listTemplates(signal), []);
  const tags = useLoad(({ signal }) => listTags(signal), []);
  const error = saved.error ?? templates.error;
  const retry = (): void => {
    saved.reload();
    templates.reload();
  };
  if (error && !(templates.data && (saved.data || !id))) return <Failure error={error} onRetry={retry} />;
  if (!templates.data || saved.loading) return <PageWait />;
  const view = saved.data;
  if (view && !view.acts.includes('edit')) {
    return (
      <Alert
        type="info"
        title="这条消息现在不能修改。"
        action={<Button href={`/console/broadcasts/${view.id}`}>查看</Button>}
      />
    );
  }
  return (
    <Desk
      key={id ?? 'new'}
      desk={{ view, templates: templates.data, reload: saved.reload, saved: saved.put }}
      tags={tags.data ?? []}
    />
  );
}

function Desk({
  desk,
  tags,
}: {
  desk: Parameters<typeof useDraftDesk>[0];
  tags: Parameters<typeof AudienceFields>[0]['tags'];
}): ReactNode {
  const d = useDraftDesk(desk);
  const { view } = desk;
  return (
    <>
      <PageHeader
        title={view ? '修改群发' : '新建群发'}
        back={
          view
            ? { to: `/broadcasts/${view.id}`, label: view.title }
            : { to: '/broadcasts', label: '群发消息' }
        }
      />
      {view && (view.state === 'submitted' || view.state === 'approved') && (
        <Alert
          className="compose-alert"
          type="warning"
          showIcon
          title="修改后会退回草稿，需要重新提交审批。"
        />
      )}
      {view?.state === 'rejected' && view.rejectReason && (
        <Alert className="compose-alert" type="warning" showIcon title={`上次被退回：${view.rejectReason}`} />
      )}
      {d.restored && (
        <Alert
          className="compose-alert"
          type="info"
          showIcon
          title="已恢复您上次没有保存的内容。"
          action={<Button onClick={d.discard}>放弃这些修改</Button>}
        />
      )}
      {d.conflict && <Failure error={d.conflict} onRetry={desk.reload} retryLabel="载入最新内容" />}
      <div className="compose">
        <div className="compose-form">
          <Form layout="vertical" component="div" className="panel">
            <Form.Item label="标题" htmlFor="title" {...problemOf(d.problems['title'])}>
              <Input
                id="title"
                data-testid="title"
                value={d.draft.title}
                placeholder="给同事看的名称，市民看不到"
                onChange={(event) => d.change({ title: event.target.value })}
                suffix={<Counter text={d.draft.title} limit={limits.title} />}
              />
            </Form.Item>
            <ContentFields
              draft={d.draft}
              change={d.change}
              templates={desk.templates}
              preview={d.live.preview}
              problems={d.problems}
            />
            <AudienceFields
              draft={d.draft}
              change={d.change}
              tags={tags}
              audienceCount={d.live.audienceCount}
              problems={d.problems}
            />
          </Form>
          <Actions d={d} />
        </div>
        <aside className="compose-phone" data-testid="phone-preview">
          <BroadcastPhone
            kind={d.draft.kind}
            preview={d.live.preview}
            page={d.draft.kind === 'template' ? d.draft.page : null}
            time={d.draft.at ? d.draft.at.slice(11) : '现在'}
          />
          {d.live.error && <Failure error={d.live.error} />}
        </aside>
      </div>
    </>
  );
}

function Actions({ d }: { d: DraftDesk }): ReactNode {
  const say = useSay();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const toMe = useTestSend();
  const [busy, setBusy] = useState<'save' | 'test' | 'submit' | null>(null);

  const run = async (what: 'save' | 'test' | 'submit', work: () => Promise<void>): Promise<void> => {
    setBusy(what);
    try {
      await work();
    } catch (thrown) {
      d.failed(thrown);
      say.failed(thrown);
    } finally {
      setBusy(null);
    }
  };
  const save = (): Promise<void> =>
    run('save', async () => {
      const before = d.id;
      const view = await d.save();
      if (!view) return;
      say.done('已保存');
      if (!before) navigate(`/broadcasts/${view.id}/edit`, { replace: true });
    });
  const test = (): Promise<void> =>
    run('test', async () => {
      const before = d.id;
      const view = await d.save();
      if (!view) return;
      await toMe.sendToMe(view);
      if (!before) navigate(`/broadcasts/${view.id}/edit`, { replace: true });
    });
  const submit = async (): Promise<void> => {
    if (!d.check()) return;
    const count = d.live.audienceCount?.toLocaleString();
    const sure = await modal.confirm({
      title: '提交审批？',
      content: `${count ? `批准后会发给 ${count} 人。` : ''}提交后由另一位同事审批，您不能审批自己写的消息。`,
      okText: '提交',
      okButtonProps: { 'data-testid': 'confirm' },
    });
    if (!sure) return;
    await run('submit', async () => {
      const view = await d.save();
      if (!view) return;
      const submitted = await actOn('submit', view.id, view.version);
      say.done('已提交，等待审批');
      navigate(`/broadcasts/${submitted.id}`, { replace: true });
    });
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
      event.preventDefault();
      if (!busy) void save();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return (
    <div className="compose-actions">
      {toMe.dialog}
      <Button
        onClick={() => void save()}
        loading={busy === 'save'}
        disabled={busy !== null}
        data-testid="save"
      >
        保存草稿
      </Button>
      <Button
        onClick={() => void test()}
        loading={busy === 'test'}
        disabled={busy !== null}
        data-testid="test-send"
      >
        发给自己看
      </Button>
      <Button
        type="primary"
        onClick={() => void submit()}
        loading={busy === 'submit'}
        disabled={busy !== null}
        data-testid="submit"
      >
        提交审批
      </Button>
      <span className="quiet">{d.dirty ? '有未保存的修改' : d.id ? '已保存' : ''}</span>
    </div>
  );
}
