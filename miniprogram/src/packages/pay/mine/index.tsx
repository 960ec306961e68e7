import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { PaymentState } from '../../../../../server/areas/payments/contract.ts';
import { loadPayments } from '../../../api/payments.ts';
import { endPullDown, usePullDown, useShown } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { yuan } from '../../../state/money.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import type { Tone } from '../../../ui/tone.ts';
import './index.scss';

const tones: Record<PaymentState, Tone> = {
  ...{ created: 'neutral', open: 'accent', failed: 'neutral', closed: 'neutral', paid: 'primary' },
  ...{ settled: 'good', refundAsked: 'primary', refunding: 'primary', refunded: 'neutral' },
  refundFailed: 'accent',
};

/** Everything I have paid, or begun to. */
export default function MyPaymentsPage(): ReactNode {
  const load = useLoad('payments', loadPayments);
  useShown(() => {
    if (load.state.status !== 'loading') void load.reload();
  });
  usePullDown(() => {
    void load.reload().finally(endPullDown);
  });
  return (
    <PageShell title="我的缴费" id="payments">
      <Loaded load={load} rows={3}>
        {({ payments }) =>
          payments.length === 0 ? (
            <>
              <Empty icon="copy" title="还没有缴费记录" note="查到账单、发起支付后，会显示在这里" />
              <View className="payments__way">
                <Button kind="quiet" onPress={() => void open('packages/pay/bill/index')}>
                  去缴费
                </Button>
              </View>
            </>
          ) : (
            <View className="payments__list">
              <Card>
                {payments.map((payment) => (
                  <Cell
                    key={payment.id}
                    id={`payment-${payment.id}`}
                    title={`${payment.title} ${yuan(payment.amount)} 元`}
                    note={payment.paidAt ?? payment.at}
                    value={<Tag tone={tones[payment.state]}>{payment.stateLabel}</Tag>}
                    onPress={() => void open(`packages/pay/detail/index?id=${payment.id}`)}
                  />
                ))}
              </Card>
            </View>
          )
        }
      </Loaded>
    </PageShell>
  );
}
