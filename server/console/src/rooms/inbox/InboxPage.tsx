import { Badge, Empty, Pagination, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { listThreads, type Show, type ThreadView } from '../../api/account.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';
import { Conversation } from './Conversation.tsx';
import './InboxPage.css';

const toneOf: Readonly<Record<ThreadView['state'], Tone>> = {
  automatic: 'quiet',
  waiting: 'needsYou',
  open: 'action',
  closed: 'quiet',
};

const nothing: Readonly<Record<Show, string>> = {
  waiting: '没有市民在等待回复。',
  mine: '您没有正在接待的会话。',
  all: '还没有市民给公众号留言。',
};

/** What citizens write to the account: who waits, who is being answered, and the conversation itself. */
export function InboxPage(): ReactNode {
  const { id = null } = useParams();
  const navigate = useNavigate();
  const [show, setShow] = useState<Show>('waiting');
  const [page, setPage] = useState(1);
  const list = useLoad((options) => listThreads(show, page, options), [show, page], 3000);
  return (
    <>
      <PageHeader title="市民留言" note="自动回复答不了的，会转到这里由您接待。" />
      <Failure error={list.error} onRetry={list.reload} />
      <div className="inbox">
        <section className="inbox-list" aria-label="会话">
          <Segmented<Show>
            block
            value={show}
            options={[
              {
                value: 'waiting',
                label: (
                  <Badge count={list.data?.waiting ?? 0} size="small" offset={[8, 0]} color="var(--accent)">
                    等待
                  </Badge>
                ),
              },
              { value: 'mine', label: '我接待的' },
              { value: 'all', label: '全部' },
            ]}
            onChange={(next) => {
              setShow(next);
              setPage(1);
            }}
          />
          {!list.data && !list.error && <PageWait />}
          {list.data?.threads.length === 0 && (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={nothing[show]} />
          )}
          <ul>
            {list.data?.threads.map((thread) => (
              <li key={thread.id}>
                <button
                  type="button"
                  data-testid="thread"
                  className={thread.id === id ? 'inbox-thread inbox-chosen' : 'inbox-thread'}
                  aria-current={thread.id === id}
                  onClick={() => navigate(`/inbox/${thread.id}`)}
                >
                  <span>
                    <strong>{thread.person}</strong>
                    {thread.unread > 0 && <b className="inbox-unread figure">{thread.unread}</b>}
                    <time className="figure">{momentText(thread.lastAt).replace(/^.* /, '')}</time>
                  </span>
                  <span>
                    <em>{thread.lastText}</em>
                    <StateTag tone={toneOf[thread.state]}>
                      {thread.staff && thread.state === 'open' ? thread.staff.name : thread.stateLabel}
                    </StateTag>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <Pagination
            simple
            current={page}
            pageSize={30}
            total={list.data?.total ?? 0}
            hideOnSinglePage
            onChange={setPage}
          />
        </section>
        {id ? (
          <Conversation key={id} id={id} onTaken={() => setShow('mine')} onChange={list.reload} />
        ) : (
          <div className="inbox-none">从左侧选择一位市民的留言。</div>
        )}
      </div>
    </>
  );
}
