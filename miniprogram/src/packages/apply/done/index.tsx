import { Text, View } from '@tarojs/components';
import { type ReactNode, useEffect } from 'react';
import type { CaseView } from '../../../../../server/areas/applications/contract.ts';
import { loadCase } from '../../../api/applications.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { goHome, replace } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import './index.scss';

const everyMs = 1500;

/** It is submitted: the number and the code to ask by, as soon as the office has it. */
export default function DonePage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, () => loadCase(id));
  const waits = load.state.status === 'ready' && load.state.data.state === 'sending';
  const { reload } = load;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void reload(), everyMs);
    return () => clearInterval(timer);
  }, [waits, reload]);
  return (
    <PageShell title="提交申请" id="apply-done">
      <Loaded load={load} rows={3}>
        {(found) => <Done found={found} />}
      </Loaded>
    </PageShell>
  );
}

function Done(props: { found: CaseView }): ReactNode {
  const { found } = props;
  const there = found.caseNumber !== null;
  return (
    <>
      <View className="applydone__head">
        <View className={`applydone__mark ${there ? '' : 'applydone__mark--waits'}`}>
          <Icon name={there ? 'check' : 'clock'} tone="on-primary" />
        </View>
        <Text className="applydone__title" id="done-title">
          {there ? '已提交' : found.word}
        </Text>
        <Text className="applydone__note">{found.tip}</Text>
      </View>
      {found.problem && <Alert tone="warn" text={found.problem} />}
      {there && (
        <Card>
          <Fact name="事项">{found.matter}</Fact>
          <Fact name="办件编号">
            <Text userSelect className="applydone__number">
              {found.caseNumber}
            </Text>
          </Fact>
          <Fact name="查询密码">
            <Text userSelect className="applydone__number">
              {found.queryCode}
            </Text>
          </Fact>
        </Card>
      )}
      <View className="applydone__actions">
        <Button id="see-case" onPress={() => void replace(`packages/apply/case/index?id=${found.id}`)}>
          看办理进度
        </Button>
        <Button kind="plain" onPress={() => void goHome()}>
          回首页
        </Button>
      </View>
    </>
  );
}
