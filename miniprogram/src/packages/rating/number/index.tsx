import { Input, Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { RatingView } from '../../../../../server/areas/ratings/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { findRating, rateByNumber, type Said } from '../../../api/ratings.ts';
import { say } from '../../../platform/gestures.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { RatingForm } from '../Form.tsx';
import './index.scss';

/** A service of any channel, found by what is printed on its receipt. */
export default function RateByNumberPage(): ReactNode {
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
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
    if (await run(() => rateByNumber(name, number, said))) say('谢谢您的评价');
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
          <Card>
            <View className="by-number__form">
              <Text className="by-number__label">申请人姓名</Text>
              <Input
                id="by-name"
                className="by-number__input"
                maxlength={60}
                value={name}
                placeholder="和回执上一致"
                placeholderClass="by-number__hint"
                aria-label="申请人姓名"
                onInput={(event) => setName(event.detail.value)}
              />
              <Text className="by-number__label">办件编号或预约号</Text>
              <Input
                id="by-number-input"
                className="by-number__input"
                maxlength={60}
                value={number}
                placeholder="数字和字母"
                placeholderClass="by-number__hint"
                aria-label="办件编号或预约号"
                onInput={(event) => setNumber(event.detail.value)}
              />
              <Button
                id="find"
                busy={busy}
                disabled={name.trim().length < 2 || number.trim().length < 4}
                onPress={() => void run(() => findRating(name, number))}
              >
                查找
              </Button>
            </View>
          </Card>
        </>
      )}
    </PageShell>
  );
}
