import { Text, Textarea, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { StandingView } from '../../../../../server/areas/booking/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { appeal, loadStanding } from '../../../api/bookings.ts';
import { say } from '../../../platform/gestures.ts';
import { open } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { sayInstant } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import type { Tone } from '../../../ui/tone.ts';
import './index.scss';

type Missed = StandingView['missed'][number];

/** Missed visits, whether booking is paused because of them, and how to object. */
export default function StandingPage(): ReactNode {
  const load = useLoad('standing', loadStanding);
  const [about, setAbout] = useState<Missed | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const send = async (missed: Missed): Promise<void> => {
    if (reason.trim().length < 5) {
      say('请写清原因，至少 5 个字');
      return;
    }
    setBusy(true);
    setRefused(null);
    try {
      load.set(await appeal(missed.bookingId, reason.trim()));
      say('申诉已提交');
      setReason('');
    } catch (thrown) {
      setRefused(asApiError(thrown));
    } finally {
      setBusy(false);
      setAbout(null);
    }
  };
  return (
    <PageShell title="履约记录" id="standing">
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load} rows={3}>
        {(standing) => (
          <>
            <State standing={standing} />
            {standing.missed.length === 0 ? (
              <Empty icon="check" title="没有爽约记录" note="约了不能来，请提前取消，把名额让给别人" />
            ) : (
              <Section title="爽约记录" note="有特殊原因可以申诉">
                <Card>
                  {standing.missed.map((missed) => (
                    <Row key={missed.bookingId} missed={missed} onAppeal={() => setAbout(missed)} />
                  ))}
                </Card>
              </Section>
            )}
          </>
        )}
      </Loaded>
      {about && (
        <Sheet
          title="说明原因"
          action="提交申诉"
          leave="先不申诉"
          busy={busy}
          onAction={() => void send(about)}
          onLeave={() => setAbout(null)}
        >
          <Text className="standing__ask">{`${sayInstant(about.at)} ${about.kindLabel}。工作人员核实后，这一次可以不计。`}</Text>
          <Textarea
            id="appeal-reason"
            className="standing__reason"
            value={reason}
            maxlength={300}
            placeholder="例如：当天突发疾病，有就诊记录"
            placeholderClass="standing__hint"
            aria-label="申诉原因"
            onInput={(event) => setReason(event.detail.value)}
          />
        </Sheet>
      )}
    </PageShell>
  );
}

function State(props: { standing: StandingView }): ReactNode {
  const { pausedUntil, note } = props.standing;
  return (
    <View className="standing__top">
      <Card tone={pausedUntil ? 'accent' : 'plain'}>
        <View className="standing__state">
          <Text className="standing__lead">{pausedUntil ? '网上预约暂停中' : '可以正常预约'}</Text>
          {note && <Text className="standing__text">{note}</Text>}
        </View>
      </Card>
    </View>
  );
}

const appeals: Record<Exclude<Missed['appeal'], 'none'>, { text: string; tone: Tone }> = {
  open: { text: '申诉处理中', tone: 'primary' },
  granted: { text: '申诉成功，不计', tone: 'good' },
  refused: { text: '申诉未通过', tone: 'neutral' },
};

function Row(props: { missed: Missed; onAppeal: () => void }): ReactNode {
  const { missed, onAppeal } = props;
  const answer = missed.appeal === 'none' ? null : appeals[missed.appeal];
  return (
    <View className="standing__row">
      <View className="standing__main">
        <Text className="standing__when">{sayInstant(missed.at)}</Text>
        <Text className="standing__kind">
          {`${missed.kindLabel} · ${missed.forgiven ? '不计' : `计 ${missed.weight} 次`}`}
        </Text>
        {missed.decision && <Text className="standing__answer">{`大厅答复：${missed.decision}`}</Text>}
        <View className="standing__ways">
          <Button
            kind="plain"
            size="small"
            onPress={() => void open(`packages/booking/detail/index?id=${missed.bookingId}`)}
          >
            看这次预约
          </Button>
          {!answer && !missed.forgiven && (
            <Button id={`appeal-${missed.bookingId}`} kind="quiet" size="small" onPress={onAppeal}>
              申诉
            </Button>
          )}
        </View>
      </View>
      {answer && <Tag tone={answer.tone}>{answer.text}</Tag>}
    </View>
  );
}
