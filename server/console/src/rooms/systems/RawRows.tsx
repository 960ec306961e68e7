import { App, Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { openRaw, type RawView, type SystemDetail } from '../../api/systems.ts';
import { momentText } from '../../parts/dates.ts';
import { useSay } from '../../parts/useSay.tsx';

/** Rows that nobody could read: kept sealed, opened one at a time, each opening in the ledger. */
export function RawRows({ detail }: { detail: SystemDetail }): ReactNode {
  const say = useSay();
  const { modal } = App.useApp();
  const [seen, setSeen] = useState<RawView | null>(null);
  if (detail.raw.length === 0) return null;
  const open = async (row: string): Promise<void> => {
    const sure = await modal.confirm({
      title: '查看原始数据？',
      content: '里面有市民的个人信息。您的查看会记入审计。',
      okText: '查看',
      cancelText: '不看',
      okButtonProps: { ...{ 'data-testid': 'confirm' } },
    });
    if (!sure) return;
    try {
      setSeen(await openRaw(detail.system.id, row));
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  return (
    <section className="panel">
      <h2>读不懂的数据</h2>
      <p className="quiet">对方送来、我们还不认识的行，加密保存 180 天。</p>
      <ul className="systems-raw">
        {detail.raw.map((row) => (
          <li key={row.id}>
            <code className="systems-code">{row.table || '没有表名'}</code>
            <span className="figure quiet">{momentText(row.receivedAt)}</span>
            {detail.mayOpenRaw && (
              <Button size="small" onClick={() => void open(row.id)} data-testid="open-raw">
                查看
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Modal
        open={seen !== null}
        title={seen?.table || '没有表名'}
        footer={null}
        onCancel={() => setSeen(null)}
        destroyOnHidden
      >
        {seen && (
          <dl className="systems-fields" data-testid="raw-fields">
            {Object.entries(seen.fields).map(([key, value]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </Modal>
    </section>
  );
}
