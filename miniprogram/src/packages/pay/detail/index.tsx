import { Text, View } from '@tarojs/components';
import { type ReactNode, useEffect, useState } from 'react';
import type { PaymentState, PaymentView } from '../../../../../server/areas/payments/contract.ts';
import { asApiError } from '../../../api/apiError.ts';
import { askPayment, loadPayment } from '../../../api/payments.ts';
import { say } from '../../../platform/gestures.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { replace } from '../../../platform/navigation.ts';
import { openCashier } from '../../../platform/pay';
import { useLive } from '../../../state/useLive.ts';
import { BillLines } from '../../../ui/BillLines.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import './index.scss';

const ends: readonly PaymentState[] = ['settled', 'closed', 'failed', 'refunded'];

/** How a payment stands, always as the server knows it. `?id=`, `&back=1`: just back from the cashier. */
export default function PaymentPage(): ReactNode {
  const { id, back } = useQuery('id', 'back');
  const load = useLive(id, () => loadPayment(id), { every: 2000, over: ({ state }) => ends.includes(state) });
  const [busy, setBusy] = useState(false);
  // Back from the cashier the notice may be a moment behind: the server asks WeChat itself.
  useEffect(() => {
    if (back) void askPayment(id).then(load.set, () => {});
  }, [id, back, load.set]);
  const goOn = async (payment: PaymentView): Promise<void> => {
    if (!payment.cashier) return;
    setBusy(true);
    try {
      if ((await openCashier(payment.cashier)) === 'done') load.set(await askPayment(id));
    } catch (thrown) {
      say(asApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <PageShell title="缴费详情" id="payment">
      <Loaded load={load} rows={3}>
        {(payment) => (
          <>
            <Head payment={payment} />
            <Card>
              <BillLines
                lines={payment.lines}
                amount={payment.amount}
                word={payment.paidAt ? '已付' : '应缴'}
              />
            </Card>
            <Section title="缴费信息">
              <Card>
                <Fact name="项目">{payment.title}</Fact>
                <Fact name="编号">{payment.number}</Fact>
                {payment.paidAt && <Fact name="支付时间">{payment.paidAt}</Fact>}
                {payment.receiptNumber && <Fact name="电子票据号">{payment.receiptNumber}</Fact>}
                <Fact name="订单号">
                  <Text className="payment__id">{payment.id}</Text>
                </Fact>
              </Card>
            </Section>
            <View className="payment__ways">
              {payment.cashier && (
                <Button id="go-on" busy={busy} onPress={() => void goOn(payment)}>
                  继续支付
                </Button>
              )}
              {(payment.state === 'closed' || payment.state === 'failed') && (
                <Button
                  id="again"
                  kind="quiet"
                  onPress={() =>
                    void replace(
                      `packages/pay/bill/index?kind=${payment.kind}&number=${payment.number.replace(/-\d{6}$/, '')}`,
                    )
                  }
                >
                  重新查询缴费
                </Button>
              )}
            </View>
          </>
        )}
      </Loaded>
    </PageShell>
  );
}

function Head(props: { payment: PaymentView }): ReactNode {
  const { payment } = props;
  const waits = payment.state === 'open' || payment.state === 'created' || payment.state === 'refundFailed';
  return (
    <View className="payment__top">
      <Card tone={waits ? 'accent' : 'plain'}>
        <View className="payment__state">
          <Text className="payment__lead" id="payment-state">
            {payment.stateLabel}
          </Text>
          <Text className="payment__text">
            {payment.state === 'open' ? `请在 ${payment.expiresAt.slice(-5)} 前完成支付。` : payment.note}
          </Text>
        </View>
      </Card>
    </View>
  );
}
