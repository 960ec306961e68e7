import { Switch, Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { PersonView } from '../../../../server/areas/people/contract.ts';
import { asApiError } from '../../api/apiError.ts';
import { say } from '../../platform/gestures.ts';
import { useShown } from '../../platform/hooks.ts';
import { open } from '../../platform/navigation.ts';
import { leave, refreshPerson, setSenior, usePerson, useSenior } from '../../state/person.ts';
import { useLoad } from '../../state/useLoad.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Cell } from '../../ui/Cell.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageShell } from '../../ui/PageShell.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { Tag } from '../../ui/Tag.tsx';
import './index.scss';

/** Who I am to the hall, what is mine, and how the hall looks to me. */
export default function MePage(): ReactNode {
  const load = useLoad('me', refreshPerson);
  const senior = useSenior();
  const known = usePerson();
  const [leaving, setLeaving] = useState(false);
  const [busy, setBusy] = useState(false);
  useShown(() => {
    if (load.state.status !== 'loading') void load.reload();
  });
  const switchSenior = (on: boolean): void => {
    setSenior(on).catch((thrown: unknown) => say(asApiError(thrown).message));
  };
  const signOut = async (): Promise<void> => {
    setBusy(true);
    try {
      await leave();
      await load.reload();
    } catch (thrown) {
      say(asApiError(thrown).message);
    } finally {
      setBusy(false);
      setLeaving(false);
    }
  };
  return (
    <PageShell title="我的" tab id="me">
      <Loaded load={load} rows={1}>
        {(person) => <Person person={person} />}
      </Loaded>
      <View className="me__part">
        <Card>
          <Cell icon="ticket" title="我的预约" onPress={() => void open('packages/booking/mine/index')} />
          <Cell
            id="my-cases-cell"
            icon="guide"
            title="我的办件"
            onPress={() => void open('packages/apply/mine/index')}
          />
          <Cell
            id="progress-cell"
            icon="search"
            title="按编号查进度"
            onPress={() => void open('packages/progress/find/index')}
          />
          <Cell
            id="my-ratings-cell"
            icon="check"
            title="我的评价"
            onPress={() => void open('packages/rating/mine/index')}
          />
          <Cell icon="copy" title="我的缴费" onPress={() => void open('packages/pay/mine/index')} />
          <Cell icon="bell" title="消息" onPress={() => void open('pages/messages/index')} />
        </Card>
      </View>
      <View className="me__part">
        <Card>
          <Cell
            icon="letters"
            title="长辈版"
            note="字更大，内容更少"
            value={
              <Switch
                id="senior-switch"
                checked={senior}
                color="#0e5a5e"
                aria-label="长辈版"
                onChange={(event) => switchSenior(event.detail.value)}
              />
            }
          />
          <Cell icon="info" title="关于和隐私" onPress={() => void open('packages/people/about/index')} />
        </Card>
      </View>
      {known && (
        <View className="me__leave">
          <Button id="sign-out" kind="plain" onPress={() => setLeaving(true)}>
            退出登录
          </Button>
        </View>
      )}
      {leaving && (
        <Sheet
          title="退出登录"
          action="退出登录"
          leave="先不退出"
          busy={busy}
          onAction={() => void signOut()}
          onLeave={() => setLeaving(false)}
        >
          <Text>退出后，您的预约仍然有效；再次登录就能看到。</Text>
        </Sheet>
      )}
    </PageShell>
  );
}

function Person(props: { person: PersonView }): ReactNode {
  const { person } = props;
  return (
    <>
      <View className="me__person">
        <View className="me__portrait">
          <Icon name="person" tone="primary" size="l" />
        </View>
        <View className="me__who">
          <Text className="me__name" id="me-name">
            {person.displayName}
          </Text>
          {person.phoneMasked && <Text className="me__phone">{person.phoneMasked}</Text>}
        </View>
      </View>
      <Card tone={person.level === 0 ? 'accent' : 'plain'}>
        <Cell
          icon="shield"
          tone={person.level === 0 ? 'accent' : 'primary'}
          title="实名认证"
          {...(person.level === 0 ? { note: '认证后才能预约' } : {})}
          value={<Tag tone={person.level === 0 ? 'accent' : 'good'}>{person.levelLabel}</Tag>}
          onPress={() => void open('packages/people/realName/index')}
        />
        {person.enterprise && (
          <Cell icon="enterprise" title={person.enterprise.name} note={person.enterprise.codeMasked} />
        )}
      </Card>
    </>
  );
}
