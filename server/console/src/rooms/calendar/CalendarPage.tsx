import { Button, Empty, Segmented, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { type ImportView, readCalendar } from '../../api/calendar.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSession } from '../../session/Session.tsx';
import { Legend } from './Legend.tsx';
import { sourceWords, stateWords } from './words.ts';
import { YearPicture } from './YearPicture.tsx';
import './CalendarPage.css';

const columns: TableColumnsType<ImportView> = [
  { title: '年份', width: 90, className: 'figure', render: (_, row) => `${row.year} 年` },
  { title: '文号', dataIndex: 'documentNo' },
  {
    title: '状态',
    width: 110,
    render: (_, row) => <StateTag tone={stateWords[row.state].tone}>{stateWords[row.state].label}</StateTag>,
  },
  { title: '导入', width: 240, render: (_, row) => `${row.importedBy}，${momentText(row.importedAt)}` },
  {
    title: '复核',
    width: 240,
    render: (_, row) => (row.decidedAt ? `${row.decidedBy}，${momentText(row.decidedAt)}` : '—'),
  },
];

/** Which days the government works: years by their source, and what was imported. */
export function CalendarPage(): ReactNode {
  const { may } = useSession();
  const navigate = useNavigate();
  const load = useLoad((options) => readCalendar(options), [], 30_000);
  const [chosen, setChosen] = useState<number | null>(null);
  const { data } = load;
  const year =
    data?.years.find((each) => each.year === (chosen ?? Number(data.today.slice(0, 4)))) ??
    data?.years.at(-1);
  return (
    <>
      <PageHeader
        title="工作日历"
        note="预约、办理时限和催办都按这里的工作日计算。"
        actions={
          may('calendar.act') && (
            <Button
              type="primary"
              icon={<Icon name="plus" size={18} />}
              onClick={() => navigate('/calendar/import')}
              data-testid="import-year"
            >
              导入一年
            </Button>
          )
        }
      />
      <Failure error={load.error} onRetry={load.reload} />
      {!data && load.loading && <PageWait />}
      {data?.warning && (
        <p className="calendar-warning" role="status" data-testid="calendar-warning">
          <Icon name="warn" />
          {data.warning}
        </p>
      )}
      {data && year && (
        <section className="panel">
          <header className="calendar-head">
            <Segmented
              value={year.year}
              options={data.years.map((each) => ({ value: each.year, label: `${each.year} 年` }))}
              onChange={setChosen}
            />
            <StateTag tone={sourceWords[year.source].tone} testId="year-source">
              {sourceWords[year.source].label}
            </StateTag>
            <span className="quiet">{sourceWords[year.source].note}</span>
          </header>
          <Legend days={year.days} workdays={year.workdays} />
          <YearPicture year={year.year} days={year.days} today={data.today} />
        </section>
      )}
      {data && (
        <section className="calendar-imports">
          <h2>导入记录</h2>
          <Table<ImportView>
            rowKey="id"
            columns={columns}
            dataSource={data.imports}
            pagination={false}
            onRow={(row) => ({
              className: 'row-link',
              onClick: () => navigate(`/calendar/imports/${row.id}`),
            })}
            locale={{
              emptyText: (
                <Empty
                  image={Empty.PRESENTED_IMAGE_SIMPLE}
                  description="还没有导入过。国务院公布下一年安排后，点右上角「导入一年」。"
                />
              ),
            }}
          />
        </section>
      )}
    </>
  );
}
