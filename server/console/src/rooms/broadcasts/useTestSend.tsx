import { App } from 'antd';
import { type ReactNode, useCallback, useState } from 'react';
import { type BroadcastView, testSend } from '../../api/broadcasts.ts';
import { asApiError } from '../../api/useLoad.ts';
import { useSay } from '../../parts/useSay.tsx';
import { BindDialog } from './BindDialog.tsx';

type Saved = Pick<BroadcastView, 'id' | 'version'>;

/** Sends saved content to the asking person's own WeChat, says how it went, and offers to bind one where none is. */
export function useTestSend(): {
  sending: boolean;
  sendToMe: (view: Saved) => Promise<void>;
  /** Must be rendered where the hook is used. */
  dialog: ReactNode;
} {
  const say = useSay();
  const { modal } = App.useApp();
  const [sending, setSending] = useState(false);
  const [binding, setBinding] = useState(false);
  const bound = useCallback(() => {
    setBinding(false);
    say.done('已绑定，请再点一次「发给自己看」');
  }, [say]);
  const sendToMe = async (view: Saved): Promise<void> => {
    setSending(true);
    try {
      const result = await testSend(view.id, view.version);
      if (result.ok) say.done(result.message || `已发到 ${result.sentTo} 的微信`);
      else modal.warning({ title: '没有发出去', content: result.message });
    } catch (thrown) {
      if (asApiError(thrown).id === 'broadcasts.no_receiver') setBinding(true);
      else say.failed(thrown);
    } finally {
      setSending(false);
    }
  };
  return {
    sending,
    sendToMe,
    dialog: <BindDialog open={binding} onClose={() => setBinding(false)} onBound={bound} />,
  };
}
