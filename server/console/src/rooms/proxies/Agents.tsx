import { Button, Empty, Form, Input, Modal, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { type AgentRow, decideAgent, findAgents, proposeAgent, removeAgent } from '../../api/proxies.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import { Ask } from './Ask.tsx';

const tones: Readonly<Record<AgentRow['state'], Tone>> = {
  proposed: 'needsYou',
  removalProposed: 'needsYou',
  active: 'good',
  removed: 'quiet',
  refused: 'quiet',
};

type Doing = { agent: AgentRow; what: 'agree' | 'refuse' | 'remove' };

/** The list of those who may book for an enterprise; each change is proposed by one and decided by another. */
export function Agents(): ReactNode {
  const { may } = useSession();
  const say = useSay();
  const list = useLoad((options) => findAgents(options), [], 30_000);
  const [adding, setAdding] = useState(false);
  const [doing, setDoing] = useState<Doing | null>(null);
  const acts = (agent: AgentRow): ReactNode => {
    const waiting = agent.state === 'proposed' || agent.state === 'removalProposed';
    if (waiting && agent.ownProposal) return <span className="quiet">等另一位同事复核</span>;
    if (waiting && may('agents.decide')) {
      return (
        <>
          <Button type="link" data-testid="agree" onClick={() => setDoing({ agent, what: 'agree' })}>
            {agent.state === 'proposed' ? '同意加入' : '同意移出'}
          </Button>
          <Button type="link" data-testid="refuse" onClick={() => setDoing({ agent, what: 'refuse' })}>
            不同意
          </Button>
        </>
      );
    }
    if (agent.state === 'active' && may('bookings.manage')) {
      return (
        <Button type="link" danger data-testid="remove" onClick={() => setDoing({ agent, what: 'remove' })}>
          移出
        </Button>
      );
    }
    return null;
  };
  const columns: TableColumnsType<AgentRow> = [
    {
      title: '企业',
      ellipsis: true,
      render: (_, row) => (
        <>
          {row.firm.name}
          <br />
          <small className="quiet figure">{row.firm.code}</small>
        </>
      ),
    },
    { title: '办事员', dataIndex: 'person', width: 110 },
    { title: '电话', width: 130, className: 'figure', render: (_, row) => row.phone ?? '—' },
    { title: '原因', dataIndex: 'reason', ellipsis: true },
    { title: '提出人', dataIndex: 'proposedBy', width: 100 },
    {
      title: '状态',
      width: 130,
      render: (_, row) => <StateTag tone={tones[row.state]}>{row.stateLabel}</StateTag>,
    },
    { title: '', width: 190, render: (_, row) => acts(row) },
  ];
  const act = async ({ agent, what }: Doing, why: string): Promise<void> => {
    if (what === 'remove') await removeAgent(agent.id, why);
    else await decideAgent(agent.id, { agree: what === 'agree', why });
    say.done(what === 'remove' ? '已提交，等另一位同事复核' : '已复核');
    setDoing(null);
    list.reload();
  };
  return (
    <>
      <div className="proxies-tools">
        {may('bookings.manage') && (
          <Button type="primary" data-testid="add-agent" onClick={() => setAdding(true)}>
            加入办事员
          </Button>
        )}
      </div>
      <Failure error={list.error} onRetry={list.reload} />
      <Table<AgentRow>
        rowKey="id"
        columns={columns}
        dataSource={list.data?.agents ?? []}
        loading={list.loading && !list.data}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        expandable={{
          expandedRowRender: (row) => (
            <ol className="proxies-history">
              {row.history.map((each) => (
                <li key={each.at}>
                  {momentText(each.at)} {each.who} {each.what}
                  {each.why ? `：${each.why}` : ''}
                </li>
              ))}
            </ol>
          ),
        }}
        locale={{
          emptyText: list.data ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="名单里还没有人。" />
          ) : (
            ' '
          ),
        }}
      />
      {adding && (
        <Add
          onLeave={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            list.reload();
          }}
        />
      )}
      {doing && (
        <Ask
          title={`${doing.agent.person} · ${doing.agent.firm.name}`}
          text={
            doing.what === 'remove'
              ? '移出后不能再替企业预约；已约好的不受影响。由另一位同事复核后生效。'
              : '您是第二位确认的人，请核对后决定。'
          }
          action={{ agree: '同意', refuse: '不同意', remove: '提出移出' }[doing.what]}
          needed={doing.what !== 'agree'}
          danger={doing.what === 'remove'}
          onAct={(why) => act(doing, why)}
          onLeave={() => setDoing(null)}
        />
      )}
    </>
  );
}

function Add(props: { onDone: () => void; onLeave: () => void }): ReactNode {
  const say = useSay();
  const [form] = Form.useForm<Parameters<typeof proposeAgent>[0]>();
  const [busy, setBusy] = useState(false);
  const add = async (asked: Parameters<typeof proposeAgent>[0]): Promise<void> => {
    setBusy(true);
    try {
      await proposeAgent(asked);
      say.done('已提交，等另一位同事复核');
      props.onDone();
    } catch (thrown) {
      say.failed(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title="加入企业办事员"
      okText="提交复核"
      cancelText="再看看"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={props.onLeave}
    >
      <Form form={form} layout="vertical" className="proxies-form" onFinish={(asked) => void add(asked)}>
        <Form.Item
          name="phone"
          label="办事员实名认证的手机号"
          rules={[{ required: true, pattern: /^1\d{10}$/, message: '请填 11 位手机号' }]}
        >
          <Input inputMode="numeric" maxLength={11} />
        </Form.Item>
        <Form.Item
          name="firmName"
          label="企业名称"
          rules={[{ required: true, min: 2, message: '请填企业名称' }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="firmCode"
          label="统一社会信用代码"
          normalize={(value: string) => value.trim().toUpperCase()}
          rules={[{ required: true, pattern: /^[0-9A-Z]{18}$/, message: '请填 18 位代码' }]}
        >
          <Input maxLength={18} />
        </Form.Item>
        <Form.Item name="reason" label="原因" rules={[{ required: true, min: 2, message: '请写明原因' }]}>
          <Input maxLength={100} placeholder="例如：企业来函，办证专员" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
