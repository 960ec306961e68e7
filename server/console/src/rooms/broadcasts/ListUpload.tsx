import { Button, Input, Table, Tabs, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import { type AudienceListView, readList, uploadList } from '../../api/broadcasts.ts';
import type { ApiError } from '../../api/client.ts';
import { asApiError, useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { listSummary, problemText } from './listWords.ts';

/** Upload or paste, read what the check found, then accept: nothing is taken over before. */
export function ListUpload(props: { listId: string; onAccept: (id: string) => void }): ReactNode {
  const kept = useLoad(
    async (options) => (props.listId === '' ? null : readList(props.listId, options)),
    [props.listId],
  );
  const [checked, setChecked] = useState<AudienceListView | null>(null);
  const [pasted, setPasted] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const check = async (name: string, file: Blob): Promise<void> => {
    setBusy(true);
    setError(null);
    setChecked(null);
    try {
      setChecked(await uploadList(name.slice(0, 80), file));
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  const shown = checked ?? kept.data;
  return (
    <div className="list-upload">
      <p className="field-note">每行一个手机号、预约号或 openid，放在第一列，最多 100,000 行。</p>
      <Tabs
        size="small"
        items={[
          {
            key: 'file',
            label: '上传文件',
            children: (
              <Upload
                accept=".xlsx,.csv,.txt"
                maxCount={1}
                showUploadList={false}
                beforeUpload={(file) => {
                  void check(file.name, file);
                  return false;
                }}
              >
                <Button loading={busy} data-testid="list-file">
                  选择 Excel 或 CSV 文件
                </Button>
              </Upload>
            ),
          },
          {
            key: 'paste',
            label: '粘贴',
            children: (
              <>
                <Input.TextArea
                  aria-label="粘贴名单"
                  data-testid="list-paste"
                  value={pasted}
                  autoSize={{ minRows: 4, maxRows: 10 }}
                  onChange={(event) => setPasted(event.target.value)}
                />
                <Button
                  className="list-check"
                  loading={busy}
                  disabled={pasted.trim() === ''}
                  onClick={() => void check('粘贴的名单', new Blob([pasted]))}
                  data-testid="list-check"
                >
                  核对名单
                </Button>
              </>
            ),
          },
        ]}
      />
      <Failure error={error ?? kept.error} />
      {shown && <Checked list={shown} />}
      {checked && checked.id !== props.listId && (
        <Button type="primary" onClick={() => props.onAccept(checked.id)} data-testid="list-accept">
          采用这份名单（{checked.reachable.toLocaleString()} 人）
        </Button>
      )}
    </div>
  );
}

function Checked({ list }: { list: AudienceListView }): ReactNode {
  const all = Object.values(list.counts).reduce((sum, count) => sum + count, 0);
  return (
    <div data-testid="list-result">
      <p>
        <strong>{list.name}</strong>：{listSummary(list)}
      </p>
      {list.problems.length > 0 && (
        <Table
          size="small"
          rowKey="line"
          dataSource={list.problems}
          pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            { title: '行', dataIndex: 'line', width: 72 },
            { title: '内容', dataIndex: 'text', width: 140 },
            { title: '问题', render: (_, problem) => problemText(problem) },
          ]}
        />
      )}
      {all > list.problems.length && (
        <p className="field-note">
          只列出前 {list.problems.length} 行，共 {all.toLocaleString()} 行有问题。
        </p>
      )}
    </div>
  );
}
