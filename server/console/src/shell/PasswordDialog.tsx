import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { changeOwnPassword } from '../api/accounts.ts';
import { useSay } from '../parts/useSay.tsx';
import { useSession } from '../session/Session.tsx';

interface Values {
  readonly current: string;
  readonly password: string;
  readonly again: string;
}

/** One's own new password. Every session ends with it, so the sign-in page comes next. */
export function PasswordDialog({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const say = useSay();
  const { ask } = useSession();
  const [form] = Form.useForm<Values>();
  const save = async ({ current, password }: Values): Promise<void> => {
    try {
      await changeOwnPassword(current, password);
      say.done('密码已修改，请用新密码登录');
      onClose();
      ask();
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  return (
    <Modal
      open={open}
      title="修改密码"
      okText="修改"
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void save(values)}
      >
        <Form.Item
          name="current"
          label="现在的密码"
          rules={[{ required: true, message: '请输入现在的密码' }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="password"
          label="新密码"
          extra="至少 10 位，含大写字母、小写字母、数字、符号中的三种，不含用户名。"
          rules={[
            { required: true, message: '请输入新密码' },
            { min: 10, message: '至少 10 位' },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label="再输一次"
          dependencies={['password']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('password')
                  ? Promise.resolve()
                  : Promise.reject(new Error('两次输入的新密码不一样')),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
