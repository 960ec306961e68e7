import { App } from 'antd';
import { useState } from 'react';
import { type BroadcastView, testSend } from '../../api/broadcasts.ts';
import { useSay } from '../../parts/useSay.tsx';

/** Sends the saved content to the asking person's own WeChat, and says how it went. */
export function useTestSend(view: Pick<BroadcastView, 'id' | 'version'>): {
  sending: boolean;
  sendToMe: () => Promise<void>;
} {
  const say = useSay();
  const { modal } = App.useApp();
  const [sending, setSending] = useState(false);
  const sendToMe = async (): Promise<void> => {
    setSending(true);
    try {
      const result = await testSend(view.id, view.version);
      if (result.ok) say.done(result.message || `已发到 ${result.sentTo} 的微信`);
      else modal.warning({ title: '没有发出去', content: result.message });
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setSending(false);
    }
  };
  return { sending, sendToMe };
}
