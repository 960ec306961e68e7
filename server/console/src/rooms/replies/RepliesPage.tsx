import { Button, Empty, Input, Switch, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { changeReply, listReplies, type ReplyView, tryReply } from '../../api/account.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { ChatBubble, PhoneChat } from '../../parts/PhoneChat.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import { ReplyDrawer } from './ReplyDrawer.tsx';
import { ReplyText } from './ReplyText.tsx';
import { triggerText } from './triggers.ts';
import './RepliesPage.css';

/** What the account says by itself, and a place to try it. */
export function RepliesPage(): ReactNode {
  const { may } = useSession();
  const say = useSay();
  const list = useLoad((options) => listReplies(options), []);
  const [editing, setEditing] = useState<ReplyView | 'new' | null>(null);
  const mayWrite = may('replies.write');

  const toggle = async (reply: ReplyView, enabled: boolean): Promise<void> => {
    const { id, version, title, trigger, text } = reply;
    try {
      await changeReply(id, version, { title, trigger, text, enabled });
    } catch (thrown) {
      say.failed(thrown);
    }
    list.reload();
  };

  const columns: TableColumnsType<ReplyView> = [
    {
      title: '什么时候',
      width: 240,
      render: (_, reply) => (
        <>
          <strong>{reply.title}</strong>
          <small className="replies-when">{triggerText(reply.trigger)}</small>
        </>
      ),
    },
    {
      title: '回复',
      render: (_, reply) => (
        <p className="replies-text">
          <ReplyText text={reply.text} />
        </p>
      ),
    },
    {
      title: '修改',
      width: 176,
      render: (_, reply) => (
        <span className="quiet figure">
          {reply.updatedBy}
          <br />
          {momentText(reply.updatedAt)}
        </span>
      ),
    },
    {
      title: '启用',
      width: 72,
      render: (_, reply) => (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: keeps a click on the switch from opening the row
        <span onClick={(event) => event.stopPropagation()}>
          <Switch
            aria-label={`启用${reply.title}`}
            checked={reply.enabled}
            disabled={!mayWrite}
            onChange={(enabled) => void toggle(reply, enabled)}
          />
        </span>
      ),
    },
  ];

  return (
    <>
      <PageHeader
        title="自动回复"
        note="市民留言、点菜单、关注或扫码时，公众号自己说的话。"
        actions={
          mayWrite && (
            <Button type="primary" icon={<Icon name="plus" size={18} />} onClick={() => setEditing('new')}>
              新建回复
            </Button>
          )
        }
      />
      <Failure error={list.error} onRetry={list.reload} />
      <div className="replies">
        <div>
          <Table<ReplyView>
            rowKey="id"
            columns={columns}
            dataSource={list.data?.replies ?? []}
            loading={list.loading && !list.data}
            pagination={false}
            onRow={(reply) => (mayWrite ? { onClick: () => setEditing(reply), className: 'row-link' } : {})}
            locale={{
              emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有自动回复。" />,
            }}
          />
          {list.data && list.data.lookups.length > 0 && (
            <section className="panel replies-lookups">
              <h2>自带的查询</h2>
              <ul>
                {list.data.lookups.map((lookup) => (
                  <li key={lookup.id}>
                    <strong>{lookup.label}</strong>
                    <span className="quiet">{lookup.words.map((word) => `「${word}」`).join('')}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <Try />
      </div>
      <ReplyDrawer
        editing={editing}
        onClose={() => setEditing(null)}
        onSaved={() => {
          setEditing(null);
          list.reload();
        }}
      />
    </>
  );
}

/** Write as a citizen would; the server says what the account would answer. */
function Try(): ReactNode {
  const say = useSay();
  const [asked, setAsked] = useState<{ text: string; answer: string; by: string } | null>(null);
  const ask = async (text: string): Promise<void> => {
    if (text.trim() === '') return;
    try {
      setAsked({ text: text.trim(), ...(await tryReply(text.trim())) });
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  return (
    <div className="replies-try">
      <PhoneChat
        footer={
          <div className="replies-ask">
            <Input.Search
              aria-label="试一试"
              placeholder="像市民那样写一句"
              enterButton="试试"
              maxLength={200}
              onSearch={(text) => void ask(text)}
            />
          </div>
        }
      >
        {asked ? (
          <>
            <p className="replies-asked">{asked.text}</p>
            <ChatBubble text={asked.answer.replace(/<[^>]+>/g, '')} empty="没有自动回复，会转给工作人员" />
            <p className="replies-by">来自：{asked.by}</p>
          </>
        ) : (
          <p className="replies-by">在下面写一句话，看公众号会怎么回答。</p>
        )}
      </PhoneChat>
    </div>
  );
}
