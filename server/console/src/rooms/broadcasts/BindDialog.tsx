import { Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { renderSVG } from 'uqr';
import { type Binding, receiver, startBinding } from '../../api/broadcasts.ts';
import type { ApiError } from '../../api/client.ts';
import { asApiError, useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';

/** A code to scan with one's own WeChat: whoever scans it receives the test sends of this member of staff. */
export function BindDialog(props: { open: boolean; onClose: () => void; onBound: () => void }): ReactNode {
  return (
    <Modal
      open={props.open}
      title="绑定接收预览的微信"
      footer={null}
      onCancel={props.onClose}
      destroyOnHidden
    >
      {props.open && <Code onBound={props.onBound} />}
    </Modal>
  );
}

function Code({ onBound }: { onBound: () => void }): ReactNode {
  const [binding, setBinding] = useState<Binding | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const now = useLoad(receiver, [], 2000);
  const bound = now.data?.bound ?? false;
  useEffect(() => {
    startBinding().then(setBinding, (thrown: unknown) => setError(asApiError(thrown)));
  }, []);
  useEffect(() => {
    if (bound) onBound();
  }, [bound, onBound]);
  if (error) return <Failure error={error} />;
  return (
    <div className="bind">
      {binding && (
        <img
          alt="绑定用的二维码"
          src={`data:image/svg+xml,${encodeURIComponent(renderSVG(binding.url, { border: 1 }))}`}
        />
      )}
      <p>用要接收预览的微信扫一扫。绑定后，「发给自己看」会发到这个微信。</p>
      {binding && <p className="quiet">二维码 {Math.floor(binding.validSeconds / 60)} 分钟内有效。</p>}
    </div>
  );
}
