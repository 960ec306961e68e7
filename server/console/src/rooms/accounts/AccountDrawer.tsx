import { App, Button, Drawer, Form, Input, Select, Switch } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import {
  type Account,
  type AccountList,
  addAccount,
  changeAccount,
  type NewAccount,
  resetPassword,
} from '../../api/accounts.ts';
import type { HallChoice } from '../../api/halls.ts';
import { useSay } from '../../parts/useSay.tsx';
import './AccountDrawer.css';

type Values = NewAccount & { disabled: boolean };

export function AccountDrawer(props: {
  editing: Account | 'new' | null;
  roles: AccountList['roles'];
  halls: readonly HallChoice[];
  onClose: () => void;
  onSaved: () => void;
}): ReactNode {
  const { editing } = props;
  const account = editing === 'new' ? null : editing;
  const say = useSay();
  const { modal } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (editing === null) return;
    form.resetFields();
    if (account) form.setFieldsValue({ ...account });
  }, [editing, account, form]);

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
  const save = async (values: Values): Promise<void> => {
    const hallIds = values.hallIds ?? [];
    if (!account) {
      const { username, password, name, roles } = values;
      return run(() => addAccount({ username, password, name, roles, hallIds }), '已新增');
    }
    const { name, roles, disabled } = values;
    const loses = disabled || account.roles.some((role) => !roles.includes(role));
    if (loses) {
      const sure = await modal.confirm({
        title: disabled ? `停用${account.name}的账号？` : `收回${account.name}的部分角色？`,
        content: `${account.name}会立即退出登录。以前的记录都会保留。`,
        okText: disabled ? '停用' : '收回',
        okButtonProps: { danger: true, 'data-testid': 'confirm' },
      });
      if (!sure) return;
    }
    await run(
      () => changeAccount(account.id, { name, roles, hallIds, disabled: disabled ?? false }),
      '已保存',
    );
  };
  return (
    <Drawer
      open={editing !== null}
      title={account ? `${account.name}（${account.username}）` : '新增账号'}
      size={440}
      onClose={props.onClose}
      footer={
        <div className="drawer-acts">
          <Button type="primary" loading={busy} onClick={() => form.submit()} data-testid="save">
            保存
          </Button>
          <Button onClick={props.onClose}>取消</Button>
        </div>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void save(values)}
      >
        {!account && (
          <>
            <Form.Item
              name="username"
              label="用户名"
              rules={[
                { required: true, message: '请填写用户名' },
                {
                  pattern: /^[A-Za-z][A-Za-z0-9._-]{2,29}$/,
                  message: '字母开头，3 到 30 位字母、数字或 . _ -',
                },
              ]}
            >
              <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
              name="password"
              label="初始密码"
              extra="至少 10 位，含大写字母、小写字母、数字、符号中的三种，不含用户名。"
              rules={[
                { required: true, message: '请填写初始密码' },
                { min: 10, message: '至少 10 位' },
              ]}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          </>
        )}
        <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请填写姓名' }]}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="roles" label="角色" rules={[{ required: true, message: '请选择角色' }]}>
          <Select mode="multiple" options={props.roles.map(({ id, label }) => ({ value: id, label }))} />
        </Form.Item>
        <Form.Item name="hallIds" label="所在大厅" extra="不选表示全区。">
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={props.halls.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        {account && (
          <>
            <Form.Item name="disabled" label="停用账号" valuePropName="checked">
              <Switch />
            </Form.Item>
            <ResetPassword
              busy={busy}
              reset={(password) => run(() => resetPassword(account.id, password), '密码已重设')}
            />
          </>
        )}
      </Form>
    </Drawer>
  );
}

function ResetPassword(props: { busy: boolean; reset: (password: string) => Promise<void> }): ReactNode {
  const [password, setPassword] = useState('');
  return (
    <Form.Item label="重设密码" htmlFor="reset-password">
      <div className="reset">
        <Input.Password
          id="reset-password"
          autoComplete="new-password"
          value={password}
          maxLength={100}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button disabled={password.length < 10 || props.busy} onClick={() => void props.reset(password)}>
          重设
        </Button>
      </div>
      <p className="field-note">至少 10 位。重设后对方会退出登录，请当面告知新密码。</p>
    </Form.Item>
  );
}
