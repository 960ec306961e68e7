import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { HumanChallenge, HumanProof } from '../../../../../server/areas/booking/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { hold, joinWait, loadDays, loadSlots } from '../../../api/bookings.ts';
import { loadHall } from '../../../api/halls.ts';
import { loadMatter } from '../../../api/matters.ts';
import { loadAuthorisations } from '../../../api/proxies.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { open, replace } from '../../../platform/navigation.ts';
import { refreshPerson, usePerson } from '../../../state/person.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Chips } from '../../../ui/Chips.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { bookingSteps, Steps } from '../../../ui/Steps.tsx';
import { DayPicker } from './DayPicker.tsx';
import { ProveHuman } from './ProveHuman.tsx';
import './index.scss';
import { SlotPicker } from './SlotPicker.tsx';

/** Day, then time; the button takes the place for a quarter of an hour and leads to the confirmation. */
export default function TimePage(): ReactNode {
  const { matter, hall } = useQuery('matter', 'hall');
  const [date, setDate] = useState('');
  const [start, setStart] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [wait, setWait] = useState<{ start?: string } | null>(null);
  const [whom, setWhom] = useState('');
  const [proving, setProving] = useState<ApiError | null>(null);
  const person = usePerson();
  const about = useLoad(`${matter}/${hall}`, () => Promise.all([loadMatter(matter), loadHall(hall)]));
  const days = useLoad(`${matter}/${hall}`, async () => {
    // Sign-in comes first: on h5 it leaves the page, and a choice made before would be lost.
    const [, found] = await Promise.all([refreshPerson(), loadDays(matter, hall)]);
    setDate(
      (old) =>
        old ||
        ((found.days.find((day) => day.state === 'open') ?? found.days.find((day) => day.state === 'full'))
          ?.date ??
          ''),
    );
    return found;
  });
  const slots = useLoad(`${matter}/${hall}/${date}`, async () =>
    date === '' ? null : await loadSlots(matter, hall, date),
  );
  const day =
    days.state.status === 'ready' ? days.state.data.days.find((each) => each.date === date) : undefined;

  const take = async (proof?: HumanProof): Promise<void> => {
    setBusy(true);
    setRefused(null);
    setProving(null);
    try {
      const onBehalf = whom === '' ? {} : { onBehalf: whom };
      const held = await hold({ matter, hall, date, start, ...onBehalf, ...(proof && { proof }) });
      await replace(`packages/booking/confirm/index?id=${held.id}`);
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.id === 'booking.prove_human') {
        setProving(error);
        return;
      }
      setRefused(error);
      setStart('');
      void slots.reload();
      void days.reload();
    } finally {
      setBusy(false);
    }
  };
  const waitFor = async (wish: { start?: string }): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      await joinWait({ matter, hall, date, ...wish });
      await replace('packages/booking/waits/index');
    } catch (thrown) {
      setRefused(asApiError(thrown));
      void slots.reload();
      void days.reload();
    } finally {
      setBusy(false);
      setWait(null);
    }
  };
  const names = about.state.status === 'ready' ? about.state.data : null;
  const foot =
    day?.state === 'open' ? (
      <Button id="take" busy={busy} disabled={start === ''} onPress={() => void take()}>
        {start === '' ? '请选一个时段' : `就约 ${day.label} ${start}`}
      </Button>
    ) : undefined;
  return (
    <PageShell title="选择时间" id="time" foot={foot}>
      <Steps names={bookingSteps} current={3} />
      <Heading title="什么时候来" {...(names ? { note: `${names[0].name} · ${names[1].name}` } : {})} />
      {refused ? <Refusal error={refused} /> : person?.level === 0 && <RealNameFirst />}
      <ForWhom value={whom} matter={matter} onChange={setWhom} />
      <Loaded load={days} rows={2}>
        {(found) => (
          <>
            {found.days.some((each) => each.state === 'open' || each.state === 'full') ? (
              <DayPicker
                full
                days={found.days}
                value={date}
                onChange={(next) => {
                  setDate(next);
                  setStart('');
                  setRefused(null);
                }}
              />
            ) : (
              <Empty
                icon="calendar"
                title="近期的号都约完了"
                note="有人取消会放出名额，也可以换一个大厅"
                action="换一个大厅"
                onAction={() => void replace(`packages/booking/choose/index?matter=${matter}`)}
              />
            )}
            {day?.state === 'full' && (
              <Alert
                tone="primary"
                text={`${day.label} 已约满。可以候补，有人让出名额时按先后通知您，保留 15 分钟。`}
                action="候补这一天任意时段"
                onAction={() => setWait({})}
              />
            )}
            {date !== '' && (
              <Loaded load={slots} rows={3}>
                {(list) =>
                  list === null ? null : (
                    <SlotPicker
                      slots={list.slots}
                      value={start}
                      onChange={setStart}
                      onWait={(at) => setWait({ start: at })}
                    />
                  )
                }
              </Loaded>
            )}
            {found.rules.length > 0 && (
              <Section title="预约须知">
                <Card>
                  <View className="time__rules">
                    {found.rules.map((rule) => (
                      <Text className="time__rule" key={rule}>
                        {rule}
                      </Text>
                    ))}
                  </View>
                </Card>
              </Section>
            )}
          </>
        )}
      </Loaded>
      {proving && (
        <ProveHuman
          key={(proving.details['challenge'] as HumanChallenge).id}
          challenge={proving.details['challenge'] as HumanChallenge}
          wrong={proving.details['wrong'] === true}
          onProof={(proof) => void take(proof)}
          onLeave={() => setProving(null)}
        />
      )}
      {wait && day && (
        <Sheet
          title="候补名额"
          action="开始候补"
          leave="再想想"
          busy={busy}
          onAction={() => void waitFor(wait)}
          onLeave={() => setWait(null)}
        >
          <Text>{`${day.label} ${wait.start ?? '任意时段'}。有人让出名额时，按先后顺序在微信通知您，名额保留 15 分钟，过时让给下一位。候补不占预约次数，随时可以退出。`}</Text>
        </Sheet>
      )}
    </PageShell>
  );
}

/** Only for those who may book for somebody else. */
function ForWhom(props: { value: string; matter: string; onChange: (id: string) => void }): ReactNode {
  const { value, matter, onChange } = props;
  const { state } = useLoad('authorisations', loadAuthorisations);
  if (state.status !== 'ready') return null;
  const people = state.data.held.filter(
    (each) =>
      each.state === 'active' && (each.matters.length === 0 || each.matters.some(({ id }) => id === matter)),
  );
  const others = [
    ...people.map((each) => ({ key: each.id, name: each.principal ?? '' })),
    ...state.data.firms.map((each) => ({ key: each.id, name: each.name })),
  ];
  if (others.length === 0) return null;
  return (
    <View className="time__whom">
      <Text className="time__whom-label">为谁办</Text>
      <Chips options={[{ key: '', name: '本人' }, ...others]} value={value} onChange={onChange} />
    </View>
  );
}

/** Said before the choice, not after it. */
function RealNameFirst(): ReactNode {
  return (
    <Alert
      tone="warn"
      text="预约前要先完成实名认证，只需要做一次。"
      action="去实名认证"
      onAction={() => void open('packages/people/realName/index')}
    />
  );
}

/** Why the place could not be taken, with the way on. */
function Refusal(props: { error: ApiError }): ReactNode {
  const { error } = props;
  const ways: Record<string, { action: string; page: string }> = {
    'hall.level_too_low': { action: '去实名认证', page: 'packages/people/realName/index' },
    'booking.already_booked': { action: '看我的预约', page: 'packages/booking/mine/index' },
    'booking.wait_quota': { action: '看我的候补', page: 'packages/booking/waits/index' },
    'proxies.not_reaching': { action: '看代办授权', page: 'packages/booking/proxies/index' },
    'booking.paused': { action: '看原因，可申诉', page: 'packages/booking/standing/index' },
    'booking.day_quota': { action: '看我的预约', page: 'packages/booking/mine/index' },
    'booking.open_quota': { action: '看我的预约', page: 'packages/booking/mine/index' },
  };
  const way = ways[error.id];
  return (
    <Alert
      tone="bad"
      text={error.message}
      reference={error.reference}
      {...(way ? { action: way.action, onAction: () => void open(way.page) } : {})}
    />
  );
}
