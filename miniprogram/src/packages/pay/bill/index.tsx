import { Input, Text, View } from '@tarojs/components';
import { type ReactNode, useRef, useState } from 'react';
import type { BillView } from '../../../../../server/areas/payments/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { findBill, startPayment } from '../../../api/payments.ts';
import { say } from '../../../platform/gestures.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { open, replace } from '../../../platform/navigation.ts';
import { openCashier } from '../../../platform/pay';
import { canScan, scan } from '../../../platform/scan';
import { yuan } from '../../../state/money.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { BillLines } from '../../../ui/BillLines.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import './index.scss';

/** Find a bill by the number on the paper, see what is due, pay it. `?number=` */
export default function BillPage(): ReactNode {
  const query = useQuery('number');
  const [number, setNumber] = useState(query.number);
  const [bill, setBill] = useState<BillView | null>(null);
  const [busy, setBusy] = useState<'find' | 'pay' | null>(null);
  const [refused, setRefused] = useState<ApiError | null>(null);
  // One key for one wish to pay this amount: a second tap, or a try after a lost answer, is the same payment.
  const wish = useRef({ about: '', key: '' });

  const find = async (wanted = number): Promise<void> => {
    const digits = wanted.replace(/\s/g, '');
    if (!/^\d{15,16}$/.test(digits)) {
      say('决定书编号是 15 或 16 位数字');
      return;
    }
    setBusy('find');
    setRefused(null);
    try {
      setBill(await findBill('fine', digits));
    } catch (thrown) {
      setBill(null);
      setRefused(asApiError(thrown));
    } finally {
      setBusy(null);
    }
  };
  const byScan = async (): Promise<void> => {
    const text = await scan();
    const digits = /\d{15,16}/.exec(text ?? '')?.[0];
    if (!digits) return say('这个码上没有决定书编号');
    setNumber(digits);
    await find(digits);
  };
  const pay = async (due: BillView): Promise<void> => {
    setBusy('pay');
    setRefused(null);
    try {
      const about = `${due.kind}/${due.number}/${due.amount}`;
      if (wish.current.about !== about) wish.current = { about, key: newKey() };
      const { kind, amount } = due;
      const payment = await startPayment({ kind, number: due.number, amount, key: wish.current.key });
      const paid = payment.cashier ? await openCashier(payment.cashier) : 'done';
      if (paid === 'failed') say('没有打开微信支付，请在微信里再试');
      if (paid !== 'left') await replace(`packages/pay/detail/index?id=${payment.id}&back=1`);
    } catch (thrown) {
      const error = asApiError(thrown);
      setRefused(error);
      if (error.id === 'payments.amount_changed' || error.id === 'payments.bill_paid') await find(due.number);
    } finally {
      setBusy(null);
    }
  };
  return (
    <PageShell title="缴费" id="bill">
      <Heading title="交通违法罚款" note="按处罚决定书上的编号查询，用微信支付缴纳" />
      <Card>
        <View className="bill__ask">
          <Input
            id="bill-number"
            className="bill__input"
            type="number"
            maxlength={20}
            value={number}
            placeholder="决定书编号，15 或 16 位"
            placeholderClass="bill__hint"
            aria-label="决定书编号"
            onInput={(event) => setNumber(event.detail.value)}
            onConfirm={() => void find()}
          />
          <Button id="find-bill" size="small" busy={busy === 'find'} onPress={() => void find()}>
            查询
          </Button>
        </View>
        {canScan && <Cell icon="search" title="扫决定书上的码" onPress={() => void byScan()} />}
      </Card>
      {refused && (
        <View className="bill__part">
          <Alert tone="bad" text={refused.message} reference={refused.reference} />
        </View>
      )}
      {bill && <Found bill={bill} busy={busy === 'pay'} onPay={() => void pay(bill)} />}
      <Section title="还可以这样缴">
        <Card>
          <Cell icon="hall" title="到大厅或银行缴" note="带上处罚决定书，窗口可以刷卡和收现金" />
          <Cell icon="ticket" title="我的缴费" onPress={() => void open('packages/pay/mine/index')} />
        </Card>
      </Section>
    </PageShell>
  );
}

function Found(props: { bill: BillView; busy: boolean; onPay: () => void }): ReactNode {
  const { bill, busy, onPay } = props;
  return (
    <Section title={bill.payer} note={`编号 ${bill.number}`}>
      <Card id="bill-found">
        <BillLines lines={bill.lines} amount={bill.amount} word={bill.state === 'paid' ? '已缴' : '应缴'} />
      </Card>
      {bill.note && <Text className="bill__note">{bill.note}</Text>}
      <View className="bill__pay">
        {bill.state === 'due' ? (
          <Button id="pay-bill" busy={busy} onPress={onPay}>
            {`微信支付 ${yuan(bill.amount)} 元`}
          </Button>
        ) : (
          <Text className="bill__done">
            {bill.state === 'paid' ? '这张账单已经缴清，不用再缴' : '这张账单已取消，不用缴'}
          </Text>
        )}
      </View>
    </Section>
  );
}

const newKey = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}-pay`;
