import { Button, Descriptions, type DescriptionsProps, Timeline } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { type BroadcastView, readBroadcast } from '../../api/broadcasts.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { pageLabel } from '../../parts/openablePages.ts';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { BroadcastPhone } from './BroadcastPhone.tsx';
import { Decision } from './Decision.tsx';
import { kindLabels } from './draft.ts';
import { Ledger } from './Ledger.tsx';
import { Progress } from './Progress.tsx';
import { pollEvery, toneOf } from './states.ts';
import { usePreview } from './usePreview.ts';
import { useTestSend } from './useTestSend.tsx';
import './ComposePage.css';
import './BroadcastPage.css';

/** One broadcast: for the approver to decide, for everyone to watch it go out, and afterwards its record. */
export function BroadcastPage(): ReactNode {
  const { id = '' } = useParams();
  const loaded = useLoad(
    (options) => readBroadcast(id, options),
    [id],
    (view) => pollEvery(view?.state),
  );
  if (!loaded.data) {
    return loaded.error ? <Failure error={loaded.error} onRetry={loaded.reload} /> : <PageWait />;
  }
  return <Broadcast view={loaded.data} put={loaded.put} reload={loaded.reload} error={loaded.error} />;
}

function Broadcast(props: {
  view: BroadcastView;
  put: (view: BroadcastView) => void;
  reload: () => void;
  error: ReturnType<typeof useLoad>['error'];
}): ReactNode {
  const { view } = props;
  const navigate = useNavigate();
  const { sending, sendToMe, dialog } = useTestSend();
  const live = usePreview(view.content, view.audience);
  const started =
    view.acts.includes('stop') || ['sending', 'paused', 'sent', 'stopped', 'failed'].includes(view.state);
  return (
    <>
      <PageHeader
        back={{ to: '/broadcasts', label: '群发消息' }}
        title={
          <>
            {view.title}
            <StateTag tone={toneOf[view.state]} testId="state">
              {view.stateLabel}
            </StateTag>
          </>
        }
        actions={
          <>
            {view.acts.includes('testSend') && (
              <Button loading={sending} onClick={() => void sendToMe(view)} data-testid="test-send">
                发给自己看
              </Button>
            )}
            {view.acts.includes('edit') && (
              <Button onClick={() => navigate(`/broadcasts/${view.id}/edit`)} data-testid="edit">
                修改
              </Button>
            )}
          </>
        }
      />
      {dialog}
      <Failure error={props.error} onRetry={props.reload} />
      <div className="compose">
        <div>
          <Decision view={view} audienceCount={live.audienceCount} put={props.put} reload={props.reload} />
          {started && <Progress view={view} put={props.put} reload={props.reload} />}
          {started && <Ledger view={view} />}
          <section className="panel">
            <h2>内容与范围</h2>
            <Descriptions
              className="facts"
              column={1}
              colon={false}
              styles={{ label: { width: 96 } }}
              items={factsOf(view, live.audienceCount)}
            />
          </section>
          <section className="panel">
            <h2>经过</h2>
            <History view={view} />
          </section>
        </div>
        <aside className="compose-phone">
          <BroadcastPhone
            kind={view.content.kind}
            preview={live.preview}
            page={view.content.kind === 'template' ? view.content.page : null}
            time={view.scheduledAt ? momentText(view.scheduledAt).slice(-5) : '现在'}
          />
        </aside>
      </div>
    </>
  );
}

function factsOf(view: BroadcastView, audienceCount: number | null): DescriptionsProps['items'] & object {
  const { content } = view;
  const people = audienceCount === null ? '' : `，现在共 ${audienceCount.toLocaleString()} 人`;
  return [
    { key: 'kind', label: '消息类型', children: kindLabels[content.kind] },
    { key: 'audience', label: '发给谁', children: `${view.audienceLabel}${people}` },
    {
      key: 'at',
      label: '什么时候发',
      children: view.scheduledAt ? momentText(view.scheduledAt) : '批准后立即发送',
    },
    ...(content.kind === 'template'
      ? [
          {
            key: 'page',
            label: '点开消息',
            children: content.page === null ? '不跳转' : pageLabel(content.page),
          },
        ]
      : []),
    { key: 'author', label: '编写', children: view.author.name },
    ...(view.approver ? [{ key: 'approver', label: '审批', children: view.approver.name }] : []),
  ];
}

function History({ view }: { view: BroadcastView }): ReactNode {
  return (
    <Timeline
      className="history"
      items={[...view.history].reverse().map((each) => ({
        content: (
          <>
            <strong>{each.act}</strong>
            <span className="quiet figure">
              {each.by} · {momentText(each.at)}
            </span>
            {each.note && <p>{each.note}</p>}
          </>
        ),
      }))}
    />
  );
}
