import { Button, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ApiError } from '../../api/client.ts';
import { asApiError } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useSession } from '../../session/Session.tsx';
import { Building } from './Building.tsx';
import './SignInPage.css';

export function SignInPage(): ReactNode {
  const { enter, expired } = useSession();
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (values: { username: string; password: string }): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await enter(values.username, values.password);
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <div className="sign-in-picture">
        <div>
          <h1>增城区政务服务大厅</h1>
          <p>工作台</p>
        </div>
        <Building />
      </div>
      <div className="sign-in-form">
        <Form layout="vertical" size="large" requiredMark={false} onFinish={(values) => void submit(values)}>
          <h2>登录</h2>
          <p className="sign-in-note">
            {expired
              ? '您有一段时间没有操作，已为您退出。请重新登录，会回到刚才的页面。'
              : '使用您的工作账号登录。'}
          </p>
          {error && <Failure error={error} />}
          <Form.Item name="username" label="用户名" rules={[{ required: true, message: '请输入用户名' }]}>
            <Input autoFocus autoComplete="username" maxLength={40} data-testid="username" />
          </Form.Item>
          <Form.Item name="password" label="密码" rules={[{ required: true, message: '请输入密码' }]}>
            <Input.Password autoComplete="current-password" maxLength={100} data-testid="password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy} data-testid="sign-in">
            登录
          </Button>
          <p className="sign-in-note">
            15 分钟内连续输错 5 次，账号会锁定 30 分钟。忘记密码请联系系统管理员。
          </p>
        </Form>
      </div>
    </main>
  );
}
