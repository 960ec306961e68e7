import { Button, Form, Input, InputNumber, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { importYear, readCalendar, textOfTable } from '../../api/calendar.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { Changes } from './Changes.tsx';
import { Found } from './Found.tsx';
import { Legend } from './Legend.tsx';
import { usePreview } from './usePreview.ts';
import { knownBefore } from './words.ts';
import { YearPicture } from './YearPicture.tsx';
import './CalendarPage.css';

const sample = '元旦　1月1日至3日　1月4日\n春节　2月15日至23日　2月14日、2月28日\n…'.replace(/　/g, '\t');

/** Paste or upload what the State Council has arranged; look at it; hand it in for a second person. */
export function ImportPage(): ReactNode {
  const say = useSay();
  const navigate = useNavigate();
  const known = useLoad((options) => readCalendar(options), []);
  const [typedYear, setYear] = useState<number | null>(null);
  const [text, setText] = useState('');
  const [documentNo, setDocumentNo] = useState('');
  const [busy, setBusy] = useState(false);
  const next = known.data ? Number(known.data.publishedUntil.slice(0, 4)) + 1 : new Date().getFullYear() + 1;
  const year = typedYear ?? next;
  const { preview, error, fresh } = usePreview(year, text);
  const ready = fresh && preview?.problems.length === 0 && documentNo.trim().length >= 4;

  const upload = async (file: Blob): Promise<void> => {
    try {
      setText((await textOfTable(file)).text);
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  const handIn = async (): Promise<void> => {
    setBusy(true);
    try {
      const { id } = await importYear({ year, text, documentNo: documentNo.trim() });
      say.done('已提交，等另一位同事复核');
      navigate(`/calendar/imports/${id}`);
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <PageHeader
        title="导入一年"
        note="把国务院办公厅的节假日安排通知贴进来，核对后提交；另一位同事复核通过才生效。"
        back={{ to: '/calendar', label: '工作日历' }}
      />
      <div className="import-form">
        <section className="panel">
          <Form layout="vertical" component="div">
            <div className="import-pair">
              <Form.Item label="年份" htmlFor="import-year">
                <InputNumber
                  id="import-year"
                  value={year}
                  min={2020}
                  max={2099}
                  onChange={(value) => setYear(value)}
                />
              </Form.Item>
              <Form.Item label="通知文号" htmlFor="import-number">
                <Input
                  id="import-number"
                  value={documentNo}
                  maxLength={60}
                  placeholder={`例如：国办发明电〔${year - 1}〕7号`}
                  onChange={(event) => setDocumentNo(event.target.value)}
                  data-testid="document-number"
                />
              </Form.Item>
            </div>
            <Form.Item label="放假安排" htmlFor="import-text" className="import-text">
              <Input.TextArea
                id="import-text"
                value={text}
                maxLength={8000}
                autoSize={{ minRows: 9, maxRows: 18 }}
                placeholder={sample}
                onChange={(event) => setText(event.target.value)}
                data-testid="notice-text"
              />
              <p className="field-note">
                可以直接贴通知原文，也可以每行写一个节日：节日、放假日期、调休上班日期。
              </p>
            </Form.Item>
            <div className="import-row">
              <Upload
                accept=".xlsx,.csv,.txt"
                maxCount={1}
                showUploadList={false}
                beforeUpload={(file) => {
                  void upload(file);
                  return false;
                }}
              >
                <Button data-testid="notice-file">选择 Excel 或 CSV 文件</Button>
              </Upload>
              <Button
                type="primary"
                disabled={!ready}
                loading={busy}
                onClick={() => void handIn()}
                data-testid="hand-in"
              >
                提交复核
              </Button>
            </div>
            {preview?.problems.length === 0 && documentNo.trim().length < 4 && (
              <p className="field-note">填好通知文号就可以提交。</p>
            )}
          </Form>
        </section>
        <section className="panel" aria-live="polite">
          <Failure error={error ?? known.error} />
          {preview ? (
            <>
              <Found problems={preview.problems} warnings={preview.warnings} />
              <Legend days={preview.days} workdays={preview.workdays} />
              <YearPicture year={year} days={preview.days} changed={knownBefore(preview.changes)} />
            </>
          ) : (
            !error && <p className="quiet">贴入通知后，这里显示全年的样子和需要改正的地方。</p>
          )}
        </section>
      </div>
      {preview && preview.changes.length > 0 && (
        <section className="calendar-imports">
          <h2>与现在的日历相比</h2>
          <Changes changes={preview.changes} />
        </section>
      )}
    </>
  );
}
