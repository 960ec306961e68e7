import { Button, Empty, Input, Modal, Popconfirm, QRCode, Select, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { listTags, type Tag } from '../../api/broadcasts.ts';
import { createCode, createTag, deleteTag, renameTag } from '../../api/tags.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import './TagsPage.css';

/** WeChat's own tags (星标组) can be neither renamed nor deleted. */
const ownTags = 100;

/** Tags of the followers, and codes for posters: who scans one is known to have stood there. */
export function TagsPage(): ReactNode {
  const { may } = useSession();
  const say = useSay();
  const list = useLoad(({ signal }) => listTags(signal), []);
  const [name, setName] = useState('');
  const [renaming, setRenaming] = useState<Tag | null>(null);
  const writes = may('broadcasts.write');
  const act = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    try {
      await work();
      say.done(done);
      list.reload();
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  const add = (): void => {
    const wanted = name.trim();
    if (wanted) void act(() => createTag(wanted), `已新建「${wanted}」`).then(() => setName(''));
  };
  const columns: TableColumnsType<Tag> = [
    { title: '标签', dataIndex: 'name' },
    { title: '人数', dataIndex: 'count', width: 120, align: 'right', className: 'figure' },
    {
      title: '',
      width: 200,
      render: (_, tag) =>
        writes &&
        tag.id >= ownTags && (
          <span className="tags-acts">
            <Button size="small" onClick={() => setRenaming(tag)}>
              改名
            </Button>
            <Popconfirm
              title={`删除「${tag.name}」`}
              description="只删除标签，不影响这些人。"
              okText="删除"
              cancelText="先不删"
              onConfirm={() => act(() => deleteTag(tag.id), '已删除')}
            >
              <Button size="small" danger>
                删除
              </Button>
            </Popconfirm>
          </span>
        ),
    },
  ];
  return (
    <>
      <PageHeader
        title="标签与二维码"
        note="给关注的人分组，群发和个性菜单都可以按标签；海报上的二维码能知道从哪里扫来。"
      />
      <Failure error={list.error} onRetry={list.reload} />
      <div className="tags-columns">
        <section className="panel">
          <h2>标签</h2>
          {writes && (
            <div className="tags-add">
              <Input
                aria-label="新标签的名称"
                data-testid="tag-name"
                maxLength={10}
                placeholder="新标签的名称"
                value={name}
                onChange={(event) => setName(event.target.value)}
                onPressEnter={add}
              />
              <Button type="primary" data-testid="add-tag" disabled={!name.trim()} onClick={add}>
                新建
              </Button>
            </div>
          )}
          <Table<Tag>
            rowKey="id"
            size="middle"
            columns={columns}
            dataSource={list.data ?? []}
            loading={list.loading && !list.data}
            pagination={false}
            locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有标签。" /> }}
          />
        </section>
        {writes && <Codes />}
      </div>
      {renaming && (
        <Rename
          tag={renaming}
          onLeave={() => setRenaming(null)}
          onName={(wanted) => {
            void act(() => renameTag(renaming.id, wanted), '已改名');
            setRenaming(null);
          }}
        />
      )}
    </>
  );
}

function Rename(props: { tag: Tag; onLeave: () => void; onName: (name: string) => void }): ReactNode {
  const [name, setName] = useState(props.tag.name);
  return (
    <Modal
      open
      title={`「${props.tag.name}」改名`}
      okText="改名"
      cancelText="先不改"
      okButtonProps={{ disabled: !name.trim() || name.trim() === props.tag.name }}
      onOk={() => props.onName(name.trim())}
      onCancel={props.onLeave}
    >
      <Input
        aria-label="新名称"
        maxLength={10}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </Modal>
  );
}

const lives = [
  { value: 0, label: '长期有效' },
  { value: 30, label: '30 天' },
  { value: 7, label: '7 天' },
];

/** A code for a hall, a window or a poster. */
function Codes(): ReactNode {
  const say = useSay();
  const [scene, setScene] = useState('');
  const [days, setDays] = useState(0);
  const [made, setMade] = useState<{ scene: string; url: string } | null>(null);
  const good = /^[A-Za-z0-9_.-]{1,60}$/.test(scene);
  const make = async (): Promise<void> => {
    try {
      setMade(await createCode(scene, days === 0 ? null : days));
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  return (
    <section className="panel">
      <h2>带参数的二维码</h2>
      <div className="tags-add">
        <Input
          aria-label="放在哪里"
          data-testid="scene"
          maxLength={60}
          status={scene && !good ? 'error' : ''}
          placeholder="放在哪里，如 hall-district-A"
          value={scene}
          onChange={(event) => setScene(event.target.value)}
        />
        <Select aria-label="有效期" options={lives} value={days} onChange={setDays} style={{ width: 120 }} />
        <Button type="primary" data-testid="make-code" disabled={!good} onClick={() => void make()}>
          生成
        </Button>
      </div>
      <p className="quiet">只能用字母、数字、点、横线和下划线。长期有效的一共能有十万个。</p>
      {made && (
        <div className="tags-code" data-testid="code">
          <QRCode value={made.url} size={200} type="svg" />
          <strong>{made.scene}</strong>
          <Button onClick={() => window.print()}>打印</Button>
        </div>
      )}
    </section>
  );
}
