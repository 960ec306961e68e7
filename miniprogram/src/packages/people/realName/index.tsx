import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { PersonView } from '../../../../../server/areas/people/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { startIdentity } from '../../../api/people.ts';
import { useShown } from '../../../platform/hooks.ts';
import { identityReturn, openIdentity } from '../../../platform/identity';
import { open } from '../../../platform/navigation.ts';
import { refreshPerson } from '../../../state/person.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import './index.scss';

/** What is known of the person, and the way to real-name sign-in at the province's identity platform. */
export default function RealNamePage(): ReactNode {
  const load = useLoad('me', refreshPerson);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  useShown(() => {
    if (load.state.status === 'ready') void load.reload();
  });
  const start = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      const { url } = await startIdentity(identityReturn());
      await openIdentity(url);
    } catch (thrown) {
      setRefused(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <PageShell title="实名认证" id="real-name">
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load} rows={3}>
        {(person) =>
          person.level === 0 ? (
            <Invite busy={busy} onStart={() => void start()} />
          ) : (
            <Known person={person} busy={busy} onAgain={() => void start()} />
          )
        }
      </Loaded>
    </PageShell>
  );
}

function Invite(props: { busy: boolean; onStart: () => void }): ReactNode {
  return (
    <>
      <Heading title="先确认您是本人" note="预约和查询要用真实身份，认证只需要做一次" />
      <Card>
        <View className="realname__lines">
          <Text className="realname__line">认证由广东省统一身份认证平台完成，大厅只收到结果。</Text>
          <Text className="realname__line">您的姓名和身份证号加密保存，页面上只显示一部分。</Text>
          <Text className="realname__line">不认证也可以看办事指南和大厅信息。</Text>
        </View>
      </Card>
      <View className="realname__actions">
        <Button id="start-identity" busy={props.busy} onPress={props.onStart}>
          去认证
        </Button>
      </View>
    </>
  );
}

function Known(props: { person: PersonView; busy: boolean; onAgain: () => void }): ReactNode {
  const { person, busy, onAgain } = props;
  return (
    <>
      <Heading title="已实名认证" note="可以预约办事了" />
      <Card>
        <Fact name="姓名">{person.displayName}</Fact>
        {person.idNumberMasked && <Fact name="身份证号">{person.idNumberMasked}</Fact>}
        {person.phoneMasked && <Fact name="手机号">{person.phoneMasked}</Fact>}
        <Fact name="认证等级">{person.levelLabel}</Fact>
      </Card>
      {person.enterprise && (
        <Section title="关联企业">
          <Card>
            <Fact name="名称">{person.enterprise.name}</Fact>
            <Fact name="信用代码">{person.enterprise.codeMasked}</Fact>
          </Card>
        </Section>
      )}
      <View className="realname__actions">
        <Button onPress={() => void open('packages/booking/choose/index')}>去预约</Button>
        <Button kind="plain" busy={busy} onPress={onAgain}>
          重新认证
        </Button>
      </View>
    </>
  );
}
