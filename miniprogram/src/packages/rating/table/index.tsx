import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { Counts, PublicTable } from '../../../../../server/areas/ratings/contract.ts';
import { loadPublicTable } from '../../../api/ratings.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Card, Section } from '../../../ui/Card.tsx';
import { Chips } from '../../../ui/Chips.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import './index.scss';

const sayMonth = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
const percent = (value: number | null): string => (value === null ? '—' : `${value}%`);

/** The month's figures for everybody: how content people are with each department. */
export default function PublicTablePage(): ReactNode {
  const [month, setMonth] = useState<string | undefined>(undefined);
  const load = useLoad(`public-ratings/${month ?? ''}`, () => loadPublicTable(month));
  return (
    <PageShell title="好差评公开" id="public-ratings">
      <Loaded load={load} rows={4}>
        {(table) => (
          <>
            <Heading title={`${sayMonth(table.month)}服务评价`} note="按部门公开，不含个人信息" />
            <Chips
              options={table.months.map((each) => ({ key: each, name: sayMonth(each) }))}
              value={table.month}
              onChange={setMonth}
            />
            {table.total.active + table.total.silent === 0 ? (
              <Empty icon="info" title="这个月还没有评价" />
            ) : (
              <Figures table={table} />
            )}
          </>
        )}
      </Loaded>
    </PageShell>
  );
}

function Figures(props: { table: PublicTable }): ReactNode {
  const { total, orders, departments } = props.table;
  return (
    <>
      <Card>
        <View className="public-table__figures">
          <Figure number={percent(total.satisfied)} caption="主动评价满意率" />
          <Figure number={String(total.active)} caption="主动评价" />
          <Figure number={`${orders.answered}/${orders.all}`} caption="差评已答复" />
        </View>
      </Card>
      <Section title="各部门">
        <Card>
          {departments.map((each) => (
            <Department key={each.key} counts={each} />
          ))}
        </Card>
      </Section>
      <Text className="public-table__note">
        {`另有 ${total.silent} 次服务 7 天内没有评价，按基本满意单列，不算进满意率。`}
      </Text>
    </>
  );
}

function Figure(props: { number: string; caption: string }): ReactNode {
  return (
    <View className="public-table__figure">
      <Text className="public-table__number">{props.number}</Text>
      <Text className="public-table__caption">{props.caption}</Text>
    </View>
  );
}

function Department(props: { counts: Counts }): ReactNode {
  const { key, active, satisfied, bad, silent } = props.counts;
  return (
    <View className="public-table__row">
      <View className="public-table__main">
        <Text className="public-table__name">{key}</Text>
        <Text className="public-table__caption">{`评价 ${active} · 差评 ${bad} · 未评 ${silent}`}</Text>
        <View className="public-table__bar">
          <View className="public-table__fill" style={{ width: `${satisfied ?? 0}%` }} />
        </View>
      </View>
      <Text className="public-table__percent">{percent(satisfied)}</Text>
    </View>
  );
}
