import { Text, Textarea, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { RatingView } from '../../../../../server/areas/ratings/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { followUp, loadRating, rate } from '../../../api/ratings.ts';
import { say } from '../../../platform/gestures.ts';
import { endPullDown, usePullDown, useQuery } from '../../../platform/hooks.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { RatingForm } from '../Form.tsx';
import './index.scss';

/** One service: rate it, or see what was said and what became of it. Invitations lead here with `?id=`. */
export default function RatePage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(`rating/${id}`, () => loadRating(id));
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  usePullDown(() => {
    void load.reload().finally(endPullDown);
  });
  const send = async (work: () => Promise<RatingView>, thanks: string): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      await work();
      say(thanks);
    } catch (thrown) {
      setRefused(asApiError(thrown));
    } finally {
      await load.reload();
      setBusy(false);
    }
  };
  return (
    <PageShell title="服务评价" id="rate">
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load} rows={4}>
        {(view) => (
          <>
            <Heading title={view.matter} note={`${view.place ?? view.department} · ${view.finishedAt}`} />
            {view.open ? (
              <RatingForm
                tags={view.tags}
                busy={busy}
                onSend={(said) => void send(() => rate(id, said), '谢谢您的评价')}
              />
            ) : (
              <Given view={view} />
            )}
            {view.order && (
              <Order
                order={view.order}
                busy={busy}
                onSay={(content, text) =>
                  void send(() => followUp(id, content, text), content ? '谢谢您' : '已转给承办部门')
                }
              />
            )}
          </>
        )}
      </Loaded>
    </PageShell>
  );
}

function Given(props: { view: RatingView }): ReactNode {
  const { rating } = props.view;
  if (!rating) return <Alert tone="primary" text="评价时间已过，这次服务没有评价。" />;
  return (
    <Section title={rating.source === 'silent' ? '到期没有评价，按基本满意计' : '您的评价'}>
      <Card>
        <Fact name="满意程度">
          <Text id="rating-level">{rating.levelLabel}</Text>
        </Fact>
        {rating.tags.length > 0 && <Fact name="标签">{rating.tags.join('、')}</Fact>}
        {rating.text && <Fact name="内容">{rating.text}</Fact>}
        <Fact name="时间">{rating.at}</Fact>
      </Card>
    </Section>
  );
}

type Order = NonNullable<RatingView['order']>;

const next = (order: Order): string => {
  switch (order.state) {
    case 'toContact':
      return `工作人员会在 ${order.due ?? ''} 前联系您`;
    case 'fixing':
      return `正在整改，${order.due ?? ''} 前答复您`;
    case 'appealed':
      return '承办部门对评价有疑问，正在核实';
    case 'voided':
      return '经核实为误评，不计入统计';
    case 'answered':
      return '已经答复，请您看看';
    case 'closed':
      return '已办结';
  }
};

function Order(props: {
  order: Order;
  busy: boolean;
  onSay: (content: boolean, text: string) => void;
}): ReactNode {
  const { order, busy, onSay } = props;
  const [text, setText] = useState('');
  return (
    <Section title="处理情况">
      <Card tone={order.state === 'answered' ? 'accent' : 'plain'} id="rating-order">
        <View className="rate__order">
          <Text className="rate__state" id="order-state">
            {order.stateLabel}
          </Text>
          <Text className="rate__next">{next(order)}</Text>
          {order.answer && <Text className="rate__answer">{order.answer}</Text>}
        </View>
      </Card>
      {order.state === 'answered' && (
        <View className="rate__ways">
          <Button id="content" busy={busy} onPress={() => onSay(true, '')}>
            满意，可以办结
          </Button>
          {order.mayFollowUp && (
            <>
              <Textarea
                id="follow-text"
                className="rate__text"
                value={text}
                maxlength={500}
                placeholder="还有哪里没解决"
                aria-label="追评内容"
                autoHeight
                onInput={(event) => setText(event.detail.value)}
              />
              <Button
                id="not-content"
                kind="quiet"
                busy={busy}
                disabled={text.trim() === ''}
                onPress={() => onSay(false, text)}
              >
                不满意，退回重办
              </Button>
              <Text className="rate__note">可以退回一次</Text>
            </>
          )}
        </View>
      )}
    </Section>
  );
}
