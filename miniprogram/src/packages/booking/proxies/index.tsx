import { Input, Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { Asked, AuthorisationView } from '../../../../../server/areas/proxies/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import {
  askAuthorisation,
  confirmCode,
  loadAuthorisations,
  lookAtCode,
  revoke,
} from '../../../api/proxies.ts';
import { say } from '../../../platform/gestures.ts';
import { useShown } from '../../../platform/hooks.ts';
import { refreshPerson } from '../../../state/person.ts';
import { useCountdown } from '../../../state/useCountdown.ts';
import { type Load, useLoad } from '../../../state/useLoad.ts';
import { sayCountdown } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Chips } from '../../../ui/Chips.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import './index.scss';

type List = Awaited<ReturnType<typeof loadAuthorisations>>;

/** Booking for one another: asking for a code, confirming one, and what is in force. */
export default function ProxiesPage(): ReactNode {
  const load = useLoad(
    'authorisations',
    async () => (await Promise.all([loadAuthorisations(), refreshPerson()]))[0],
  );
  const [refused, setRefused] = useState<ApiError | null>(null);
  useShown(() => {
    if (load.state.status === 'ready') void load.reload();
  });
  return (
    <PageShell title="代办授权" id="proxies">
      <Heading title="替家人约，或让家人替您约" note="每一份授权都要本人在自己的手机上确认" />
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load} rows={3}>
        {(list) => (
          <>
            <Ask list={list} onRefused={setRefused} />
            <Confirm load={load} onRefused={setRefused} />
            <Held
              title="我可以替他们约"
              list={list.held}
              name="principal"
              load={load}
              onRefused={setRefused}
            />
            <Held title="他们可以替我约" list={list.given} name="agent" load={load} onRefused={setRefused} />
            {list.firms.length > 0 && (
              <Section title="我是企业办事员">
                <Card>
                  {list.firms.map((firm) => (
                    <View className="proxies__row" key={firm.id}>
                      <View className="proxies__main">
                        <Text className="proxies__name">{firm.name}</Text>
                      </View>
                      <Tag tone="good">已登记</Tag>
                    </View>
                  ))}
                </Card>
              </Section>
            )}
          </>
        )}
      </Loaded>
    </PageShell>
  );
}

const terms = [
  { key: '30', name: '30 天' },
  { key: '180', name: '半年' },
  { key: '365', name: '一年' },
];

type Refused = (error: ApiError | null) => void;

/** I want to book for somebody: a code, which they type on their own phone. */
function Ask(props: { list: List; onRefused: Refused }): ReactNode {
  const { list, onRefused } = props;
  const [days, setDays] = useState('180');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState(false);
  const left = useCountdown(asked?.codeUntil ?? null);
  const ask = async (): Promise<void> => {
    setBusy(true);
    onRefused(null);
    try {
      setAsked(await askAuthorisation(Math.min(Number(days), list.longestDays)));
    } catch (thrown) {
      onRefused(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title="我要替别人约">
      <Card>
        {asked && left > 0 ? (
          <View className="proxies__code" id="code">
            <Text className="proxies__note">请对方在他的手机上打开「代办授权」，输入</Text>
            <Text className="proxies__digits" userSelect>
              {`${asked.code.slice(0, 4)} ${asked.code.slice(4)}`}
            </Text>
            <Text className="proxies__note">{`${sayCountdown(left)} 内有效，只能用一次`}</Text>
          </View>
        ) : (
          <View className="proxies__form">
            <Text className="proxies__label">授权多久</Text>
            <View className="proxies__terms">
              <Chips options={terms} value={days} onChange={setDays} />
            </View>
            <Button id="ask" busy={busy} onPress={() => void ask()}>
              生成授权码
            </Button>
          </View>
        )}
      </Card>
    </Section>
  );
}

/** Somebody told me a code: who they are, then yes or no. */
function Confirm(props: { load: Load<List>; onRefused: Refused }): ReactNode {
  const { load, onRefused } = props;
  const [code, setCode] = useState('');
  const [seen, setSeen] = useState<AuthorisationView | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    onRefused(null);
    try {
      await work();
    } catch (thrown) {
      onRefused(asApiError(thrown));
      setSeen(null);
    } finally {
      setBusy(false);
    }
  };
  const agree = (): Promise<void> =>
    run(async () => {
      await confirmCode(code);
      say('已授权');
      setSeen(null);
      setCode('');
      await load.reload();
    });
  return (
    <Section title="别人要替我约">
      <Card>
        <View className="proxies__form">
          <Text className="proxies__label">对方告诉您的 8 位授权码</Text>
          <Input
            id="code-input"
            className="proxies__input"
            type="number"
            maxlength={8}
            value={code}
            placeholder="8 位数字"
            placeholderClass="proxies__hint"
            aria-label="授权码"
            onInput={(event) => setCode(event.detail.value.replace(/\D/g, ''))}
          />
          <Button
            id="look"
            kind="quiet"
            busy={busy && !seen}
            disabled={code.length !== 8}
            onPress={() => void run(async () => setSeen(await lookAtCode(code)))}
          >
            看看是谁
          </Button>
        </View>
      </Card>
      {seen && (
        <Sheet
          title={`让 ${seen.agent} 替您约`}
          action="同意授权"
          leave="不同意"
          busy={busy}
          onAction={() => void agree()}
          onLeave={() => setSeen(null)}
        >
          <Text>{`到 ${sayDay(seen.validUntil)} 为止，${seen.agent} 可以替您预约${scopeOf(seen)}。约的次数和爽约都算在您名下，您能看到、能取消，也能随时解除授权。不认识的人请不要同意。`}</Text>
        </Sheet>
      )}
    </Section>
  );
}

const sayDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

const scopeOf = (each: AuthorisationView): string =>
  each.matters.length === 0 ? '各项业务' : each.matters.map(({ name }) => `「${name}」`).join('');

function Held(props: {
  title: string;
  list: readonly AuthorisationView[];
  name: 'agent' | 'principal';
  load: Load<List>;
  onRefused: Refused;
}): ReactNode {
  const { title, name, load, onRefused } = props;
  const list = props.list.filter((each) => each.state !== 'asked');
  const [ending, setEnding] = useState<AuthorisationView | null>(null);
  const [busy, setBusy] = useState(false);
  if (list.length === 0) return null;
  const end = async (each: AuthorisationView): Promise<void> => {
    setBusy(true);
    onRefused(null);
    try {
      await revoke(each.id);
      say('已解除');
      await load.reload();
    } catch (thrown) {
      onRefused(asApiError(thrown));
    } finally {
      setBusy(false);
      setEnding(null);
    }
  };
  return (
    <Section title={title}>
      <Card>
        {list.map((each) => (
          <View className="proxies__row" key={each.id}>
            <View className="proxies__main">
              <Text className="proxies__name">{each[name] ?? ''}</Text>
              <Text className="proxies__note">
                {`${scopeOf(each)} · 到 ${sayDay(each.validUntil)}${each.paperNumber ? ' · 书面授权' : ''}`}
              </Text>
            </View>
            {each.state === 'active' ? (
              <Button id={`end-${each.id}`} kind="quiet" size="small" onPress={() => setEnding(each)}>
                解除
              </Button>
            ) : (
              <Tag tone="neutral">{each.stateLabel}</Tag>
            )}
          </View>
        ))}
      </Card>
      {ending && (
        <Sheet
          title="解除授权"
          action="解除"
          leave="先不解除"
          danger
          busy={busy}
          onAction={() => void end(ending)}
          onLeave={() => setEnding(null)}
        >
          <Text>解除后不能再替约。已经约好的不会自动取消，双方都可以在「我的预约」里取消。</Text>
        </Sheet>
      )}
    </Section>
  );
}
