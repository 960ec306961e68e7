import { Button, Descriptions, Drawer, Input, Timeline } from 'antd';
import { type ReactNode, useState } from 'react';
import { askRefund, decideRefund, type StaffPayment } from '../../api/payments.ts';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import { yuan } from './yuan.ts';

const events: Readonly<Record<string, string>> = {
  ...{ create: '下单', prepare: '微信支付已受理', reject: '微信支付拒绝', pay: '已支付', close: '已关闭' },
  ...{ settle: '收费单位入账', refuse: '收费单位无法入账', askRefund: '提出退款', denyRefund: '不同意退款' },
  ...{ approveRefund: '同意退款', refunded: '已退款', refundFails: '退款未成功', retryRefund: '再次退款' },
};
/** One payment: its facts, what happened to it, and a refund, which takes two persons. */
export function PaymentDetail(props: {
  payment: StaffPayment;
  onLeave: () => void;
  onChanged: (payment: StaffPayment) => void;
}): ReactNode {
  const { payment, onLeave, onChanged } = props;
  const { staff, may } = useSession();
  const say = useSay();
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const act = async (work: () => Promise<StaffPayment>, done: string): Promise<void> => {
    setBusy(true);
    try {
      onChanged(await work());
      say.done(done);
      setWords('');
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const asks = payment.state === 'settled' && may('payments.refund');
  const decides = payment.state === 'refundAsked' && may('payments.approve');
  const own = payment.refund?.askedBy === staff?.id;
  const ready = words.trim().length >= 2;
  return (
    <Drawer open title={payment.title} width={520} onClose={onLeave}>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'amount', label: '金额', children: `${yuan(payment.amount)} 元` },
          { key: 'state', label: '状态', children: payment.stateLabel },
          { key: 'number', label: '账单编号', children: payment.number },
          { key: 'id', label: '订单号', children: payment.id },
          { key: 'transaction', label: '微信支付单号', children: payment.transactionId ?? '—' },
          { key: 'receipt', label: '电子票据号', children: payment.receiptNumber ?? '—' },
          ...(payment.refund ? [{ key: 'refund', label: '退款原因', children: payment.refund.reason }] : []),
        ]}
      />
      <h3 className="payments-part">经过</h3>
      <Timeline
        items={payment.history.map((each) => ({
          children: (
            <>
              <strong>{events[each.event] ?? each.event}</strong>
              <small className="payments-when">
                {[each.at, each.by, each.why].filter(Boolean).join(' · ')}
              </small>
            </>
          ),
        }))}
      />
      {(asks || decides) && (
        <>
          <h3 className="payments-part">{asks ? '提出退款' : '审批退款'}</h3>
          <Input.TextArea
            aria-label={asks ? '退款原因' : '审批意见'}
            data-testid="refund-words"
            rows={2}
            maxLength={80}
            placeholder={asks ? '例如：同一处罚重复缴款' : '写明同意或不同意的理由'}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          {decides && own && <p className="quiet">自己提出的退款要由另一个人审批。</p>}
          <div className="payments-acts">
            {asks && (
              <Button
                danger
                data-testid="ask-refund"
                loading={busy}
                disabled={!ready}
                onClick={() => void act(() => askRefund(payment.id, words.trim()), '已提交，等另一人审批')}
              >
                提出退款 {yuan(payment.amount)} 元
              </Button>
            )}
            {decides && (
              <>
                <Button
                  type="primary"
                  data-testid="approve-refund"
                  loading={busy}
                  disabled={!ready || own}
                  onClick={() =>
                    void act(() => decideRefund(payment.id, 'approve', words.trim()), '已同意，正在退款')
                  }
                >
                  同意退款
                </Button>
                <Button
                  data-testid="deny-refund"
                  disabled={!ready || own || busy}
                  onClick={() => void act(() => decideRefund(payment.id, 'deny', words.trim()), '已答复')}
                >
                  不同意
                </Button>
              </>
            )}
          </div>
        </>
      )}
    </Drawer>
  );
}
