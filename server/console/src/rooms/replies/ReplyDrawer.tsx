import { App, Button, Drawer, Form, Input, Radio, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import {
  changeReply,
  createReply,
  type ReplyInput,
  type ReplyTrigger,
  type ReplyView,
  removeReply,
} from '../../api/account.ts';
import { countCharacters } from '../../parts/characters.ts';
import { openablePages } from '../../parts/openablePages.ts';
import { useSay } from '../../parts/useSay.tsx';
import { emptyTrigger, replyProblems, triggerKinds } from './triggers.ts';

const fresh: ReplyInput = { title: '', trigger: emptyTrigger('keyword'), text: '', enabled: true };

export function ReplyDrawer(props: {
  editing: ReplyView | 'new' | null;
  onClose: () => void;
  onSaved: () => void;
}): ReactNode {
  const { editing } = props;
  const say = useSay();
  const { modal } = App.useApp();
  const [reply, setReply] = useState<ReplyInput>(fresh);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const existing = editing === 'new' ? null : editing;

  useEffect(() => {
    setTried(false);
    if (existing) {
      const { title, trigger, text, enabled } = existing;
      setReply({ title, trigger, text, enabled });
    } else setReply(fresh);
  }, [existing]);

  const found = replyProblems(reply);
  const problems = tried ? found : {};
  const run = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    setBusy(true);
    try {
      await work();
      say.done(done);
      props.onSaved();
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const save = async (): Promise<void> => {
    setTried(true);
    if (Object.keys(found).length > 0) return;
    await run(
      () => (existing ? changeReply(existing.id, existing.version, reply) : createReply(reply)),
      '已保存',
    );
  };
  const remove = async (): Promise<void> => {
    if (!existing) return;
    const sure = await modal.confirm({
      title: `删除「${existing.title}」？`,
      content: '删除后公众号不再这样回复，也不能恢复。暂时不用可以关掉「启用」。',
      okText: '删除',
      okButtonProps: { danger: true, 'data-testid': 'confirm' },
    });
    if (sure) await run(() => removeReply(existing.id), '已删除');
  };
  const error = (field: string): { validateStatus?: 'error'; help?: string } =>
    problems[field] === undefined ? {} : { validateStatus: 'error', help: problems[field] };

  return (
    <Drawer
      open={editing !== null}
      title={existing ? '修改自动回复' : '新建自动回复'}
      size={480}
      onClose={props.onClose}
      footer={
        <div className="reply-acts">
          <Button type="primary" loading={busy} onClick={() => void save()} data-testid="save">
            保存
          </Button>
          <Button onClick={props.onClose}>取消</Button>
          {existing && (
            <Button danger type="text" disabled={busy} onClick={() => void remove()}>
              删除
            </Button>
          )}
        </div>
      }
    >
      <Form layout="vertical" component="div">
        <Form.Item label="名称" htmlFor="reply-title" {...error('title')}>
          <Input
            id="reply-title"
            value={reply.title}
            maxLength={40}
            placeholder="给同事看的名称"
            onChange={(event) => setReply({ ...reply, title: event.target.value })}
          />
        </Form.Item>
        <Form.Item label="什么时候回复" htmlFor="reply-kind">
          <Select
            id="reply-kind"
            value={reply.trigger.kind}
            options={Object.entries(triggerKinds).map(([value, label]) => ({ value, label }))}
            onChange={(kind) => setReply({ ...reply, trigger: emptyTrigger(kind as ReplyTrigger['kind']) })}
          />
        </Form.Item>
        <TriggerFields
          trigger={reply.trigger}
          change={(trigger) => setReply({ ...reply, trigger })}
          error={error('trigger')}
        />
        <Form.Item label="回复内容" htmlFor="reply-text" {...error('text')}>
          <Input.TextArea
            id="reply-text"
            value={reply.text}
            autoSize={{ minRows: 5, maxRows: 14 }}
            onChange={(event) => setReply({ ...reply, text: event.target.value })}
          />
          <span className="counter figure">{countCharacters(reply.text)} / 600</span>
        </Form.Item>
        <Form.Item label="插入">
          <div className="reply-inserts">
            <Button size="small" onClick={() => setReply({ ...reply, text: `${reply.text}{{person}}` })}>
              市民称呼
            </Button>
            {openablePages.map(({ page, label }) => (
              <Button
                key={page}
                size="small"
                onClick={() => setReply({ ...reply, text: `${reply.text}{{open:${page}|${label}}}` })}
              >
                {label}
              </Button>
            ))}
          </div>
          <p className="field-note">插入的页面在市民那里是可以点开的文字，竖线后面的字可以改。</p>
        </Form.Item>
      </Form>
    </Drawer>
  );
}

function TriggerFields(props: {
  trigger: ReplyTrigger;
  change: (trigger: ReplyTrigger) => void;
  error: { validateStatus?: 'error'; help?: string };
}): ReactNode {
  const { trigger, change, error } = props;
  if (trigger.kind === 'keyword') {
    return (
      <Form.Item label="关键词" htmlFor="reply-words" {...error}>
        <Select
          id="reply-words"
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[' ', '，', ',', '、']}
          placeholder="输入后按回车，可填多个"
          value={[...trigger.words]}
          maxCount={20}
          onChange={(words: string[]) => change({ ...trigger, words })}
        />
        <Radio.Group
          className="reply-mode"
          value={trigger.mode}
          options={[
            { value: 'equals', label: '与关键词完全一样' },
            { value: 'contains', label: '包含关键词' },
          ]}
          onChange={(event) => change({ ...trigger, mode: event.target.value as 'equals' | 'contains' })}
        />
      </Form.Item>
    );
  }
  if (trigger.kind === 'menu') {
    return (
      <Form.Item label="菜单标识" htmlFor="reply-key" {...error}>
        <Input
          id="reply-key"
          value={trigger.key}
          maxLength={64}
          placeholder="例：contact"
          onChange={(event) => change({ ...trigger, key: event.target.value })}
        />
        <p className="field-note">在公众号菜单里选「收到一条回复」时用到。</p>
      </Form.Item>
    );
  }
  if (trigger.kind === 'scan') {
    return (
      <Form.Item label="二维码场景" htmlFor="reply-scene" {...error}>
        <Input
          id="reply-scene"
          value={trigger.scenePrefix}
          maxLength={64}
          placeholder="例：hall."
          onChange={(event) => change({ ...trigger, scenePrefix: event.target.value })}
        />
      </Form.Item>
    );
  }
  return null;
}
