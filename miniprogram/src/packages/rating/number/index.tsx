import { type ReactNode, useRef, useState } from 'react';
import type { RatingView } from '../../../../../server/areas/ratings/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { findRating, rateByNumber, type Said } from '../../../api/ratings.ts';
import { say } from '../../../platform/gestures.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { FindByNumber } from '../../../ui/FindByNumber.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { RatingForm } from '../Form.tsx';

/** A service of any channel, found by what is printed on its receipt. */
export default function RateByNumberPage(): ReactNode {
  /** What the service was found by: its rating goes the same way. */
  const asked = useRef({ name: '', number: '' });
  const [found, setFound] = useState<RatingView | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const run = async (work: () => Promise<RatingView>): Promise<boolean> => {
    setBusy(true);
    setRefused(null);
    try {
      setFound(await work());
      return true;
    } catch (thrown) {
      setRefused(asApiError(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const send = async (said: Said): Promise<void> => {
    if (await run(() => rateByNumber(asked.current.name, asked.current.number, said))) say('谢谢您的评价');
  };
  return (
    <PageShell title="按编号评价" id="rate-by-number">
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      {found ? (
        <>
          <Heading title={found.matter} note={`${found.place ?? found.department} · ${found.finishedAt}`} />
          {found.open ? (
            <RatingForm tags={found.tags} busy={busy} onSend={(said) => void send(said)} />
          ) : (
            <Alert
              tone="primary"
              text={found.rating ? `这次服务的评价：${found.rating.levelLabel}` : '评价时间已过'}
            />
          )}
        </>
      ) : (
        <>
          <Heading title="找到要评价的服务" note="编号印在受理回执、预约单或号票上" />
          <FindByNumber
            id="by-number"
            numberName="办件编号或预约号"
            numberHint="数字和字母"
            shortest={4}
            action="查找"
            busy={busy}
            onFind={(name, number) => {
              asked.current = { name, number };
              void run(() => findRating(name, number));
            }}
          />
        </>
      )}
    </PageShell>
  );
}
