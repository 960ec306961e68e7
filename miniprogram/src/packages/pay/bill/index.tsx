import { Input, Text, View } from '@tarojs/components';
import { type ReactNode, useRef, useState } from 'react';
import type { BillKind, BillView } from '../../../../../server/areas/payments/contract.ts';
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
import { PageShell } from '../../../ui/PageShell.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import './index.scss';

interface Look {
  readonly key: BillKind;
  readonly name: string;
  readonly hint: string;
  readonly note: string;
}
const looks: readonly Look[] = [
  { key: 'fine', name: '交通罚款', hint: '决定书编号，15 或 16 位', note: '按处罚决定书上的编号查询' },
  { key: 'nonTax', name: '缴款单', hint: '缴款码或通知书号码', note: '非税缴款书、缴款通知书上的号码' },
  { key: 'electricity', name: '电费', hint: '供电户号，16 位', note: '在电费单或电表箱上' },
  { key: 'gas', name: '燃气费', hint: '燃气户号，10 位', note: '在燃气单或燃气表上' },
];

/** Find a bill by the number on the paper, see what is due, pay it. `?kind=`, `?number=` */
export default function BillPage(): ReactNode {
  const query = useQuery('kind', 'number');
  const [kind, setKind] = useState<BillKind>(looks.find(({ key }) => key === query.kind)?.key ?? 'fine');
  const [number, setNumber] = useState(query.number);
  const [unit, setUnit] = useState('');
  const [bill, setBill] = useState<BillView | null>(null);
  const [busy, setBusy] = useState<'find' | 'pay' | null>(null);
  const [refused, setRefused] = useState<ApiError | null>(null);
  // One key for one wish to pay this amount: a second tap, or a try after a lost answer, is the same payment.
  const wish = useRef({ about: '', key: '' });
  const look = looks.find(({ key }) => key === kind)!;

  const choose = (wanted: BillKind): void => {
    setKind(wanted);
    setNumber('');
    setBill(null);
    setRefused(null);
  };
  const find = async (wanted = number): Promise<void> => {
    if (!wanted.trim()) {
      say(`请填${look.hint}`);
      return;
    }
    setBusy('find');
    setRefused(null);
    try {
      setBill(await findBill(kind, wanted.trim(), unit.trim()));
    } catch (thrown) {
      setBill(null);
      setRefused(asApiError(thrown));
    } finally {
      setBusy(null);
    }
  };
  const byScan = async (): Promise<void> => {
    const text = await scan();
    if (!text) return;
    const read = kind === 'nonTax' ? text : (/\d{10,16}/.exec(text)?.[0] ?? text);
    setNumber(read);
    await find(read);
  };
  const pay = async (due: BillView): Promise<void> => {
    setBusy('pay');
    setRefused(null);
    try {
      const about = `${due.kind}/${due.number}/${due.amount}`;
      if (wish.current.about !== about) wish.current = { about, key: newKey() };
      const request = { kind: due.kind, number: due.number, amount: due.amount, key: wish.current.key };
      const payment = await startPayment(request);
      const paid = payment.cashier ? await openCashier(payment.cashier) : 'done';
      if (paid === 'failed') say('没有打开微信支付，请在微信里再试');
      if (paid !== 'left') await replace(`packages/pay/detail/index?id=${payment.id}&back=1`);
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.id === 'payments.amount_changed' || error.id === 'payments.bill_paid') await find();
      setRefused(error);
    } finally {
      setBusy(null);
    }
  };
  const asksUnit = kind === 'nonTax' && refused?.id === 'payments.unit_needed';
  return (
    <PageShell title="缴费" id="bill">
      <View className="bill__kinds">
        <Segmented options={looks} value={kind} onChange={choose} />
      </View>
      <Card>
        <View className="bill__ask">
          <Input
            id="bill-number"
            className="bill__input"
            type="text"
            maxlength={120}
            value={number}
            placeholder={look.hint}
            placeholderClass="bill__hint"
            aria-label={look.hint}
            onInput={(event) => setNumber(event.detail.value)}
            onConfirm={() => void find()}
          />
          <Button id="find-bill" size="small" busy={busy === 'find'} onPress={() => void find()}>
            查询
          </Button>
        </View>
        {(asksUnit || unit !== '') && kind === 'nonTax' && (
          <View className="bill__ask">
            <Input
              id="bill-unit"
              className="bill__input"
              type="number"
              maxlength={30}
              value={unit}
              placeholder="执收单位编码，在通知书右上方"
              placeholderClass="bill__hint"
              aria-label="执收单位编码"
              onInput={(event) => setUnit(event.detail.value)}
            />
          </View>
        )}
        {canScan && <Cell icon="search" title="扫单据上的码" onPress={() => void byScan()} />}
      </Card>
      <Text className="bill__note">{look.note}</Text>
      {refused && (
        <View className="bill__part">
          <Alert tone="bad" text={refused.message} reference={refused.reference} />
        </View>
      )}
      {bill && <Found bill={bill} busy={busy === 'pay'} onPay={() => void pay(bill)} />}
      <Section title="还可以这样缴">
        <Card>
          <Cell icon="hall" title="到大厅或银行缴" note="带上单据，窗口可以刷卡和收现金" />
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
