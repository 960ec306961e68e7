import { Button, Empty, Radio, Space, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { decideText, findRatings, type RatingsView, type StaffRating } from '../../api/ratings.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';

/** What citizens chose and wrote. Words are shown to the public only after somebody has read them. */
export function Given(): ReactNode {
  const say = useSay();
  const { may } = useSession();
  const [view, setView] = useState<RatingsView>('all');
  const [before, setBefore] = useState<string | null>(null);
  const loaded = useLoad((options) => findRatings(view, before, options), [view, before]);
  const decide = async (rating: StaffRating, show: boolean): Promise<void> => {
    try {
      await decideText(rating.id, show);
      say.done(show ? '可以公开' : '已留存，不公开');
      loaded.reload();
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  return (
    <>
      <Radio.Group
        className="ratings-filter"
        optionType="button"
        value={view}
        options={[
          { value: 'all', label: '全部' },
          { value: 'bad', label: '差评' },
          { value: 'text', label: '待审文字' },
        ]}
        onChange={(event) => {
          setBefore(null);
          setView(event.target.value as RatingsView);
        }}
      />
      <Failure error={loaded.error} onRetry={loaded.reload} />
      <Table<StaffRating>
        rowKey="id"
        loading={loaded.loading && !loaded.data}
        dataSource={loaded.data?.ratings ?? []}
        pagination={false}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有评价。" />,
        }}
        columns={[
          { title: '时间', dataIndex: 'at', width: 170 },
          {
            title: '评价',
            width: 120,
            render: (_, { level, levelLabel, voided }) => (
              <StateTag tone={voided ? 'quiet' : level <= 2 ? 'bad' : 'good'}>
                {voided ? `${levelLabel}（不计）` : levelLabel}
              </StateTag>
            ),
          },
          {
            title: '事项',
            render: (_, row) => (
              <>
                <div>{row.matter}</div>
                <div className="ratings-facts">{[row.department, row.place].filter(Boolean).join(' · ')}</div>
              </>
            ),
          },
          { title: '编号', dataIndex: 'number', width: 190 },
          {
            title: '内容',
            render: (_, row) => (
              <>
                {row.tags.length > 0 && <div>{row.tags.join('、')}</div>}
                {row.text && <div className="ratings-text">{row.text}</div>}
              </>
            ),
          },
          {
            title: '公开',
            width: 170,
            render: (_, row) =>
              row.textState === 'none' ? null : row.textState === 'held' && may('ratings.handle') ? (
                <Space>
                  <Button size="small" onClick={() => void decide(row, true)}>
                    可公开
                  </Button>
                  <Button size="small" type="text" onClick={() => void decide(row, false)}>
                    不公开
                  </Button>
                </Space>
              ) : (
                { held: '待审', shown: '可公开', kept: '不公开' }[row.textState]
              ),
          },
        ]}
      />
      <div className="ratings-more">
        <Space>
          {before && <Button onClick={() => setBefore(null)}>回到最新</Button>}
          {loaded.data?.next && <Button onClick={() => setBefore(loaded.data?.next ?? null)}>更早的</Button>}
        </Space>
      </div>
    </>
  );
}
