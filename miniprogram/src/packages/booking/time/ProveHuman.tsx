import { Input, Text, View } from '@tarojs/components';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { HumanChallenge, HumanProof } from '../../../../../server/areas/booking/contract.ts';
import { findNonce } from '../../../state/proofOfWork.ts';
import { Sheet } from '../../../ui/Sheet.tsx';
import './ProveHuman.scss';

/**
 * Shown when requests came too fast: the phone does a little work by itself, and goes on. Who would rather answer a
 * question, which a screen reader can say, does that.
 */
export function ProveHuman(props: {
  challenge: HumanChallenge;
  wrong: boolean;
  onProof: (proof: HumanProof) => void;
  onLeave: () => void;
}): ReactNode {
  const { challenge, wrong, onProof, onLeave } = props;
  const [asking, setAsking] = useState(wrong);
  const [answer, setAnswer] = useState('');
  const send = useRef(onProof);
  send.current = onProof;
  useEffect(() => {
    if (asking) return;
    let alive = true;
    void findNonce(challenge, () => alive).then((nonce) => {
      if (nonce !== null && alive) send.current({ challenge: challenge.id, nonce });
    });
    return () => {
      alive = false;
    };
  }, [challenge, asking]);
  if (!asking) {
    return (
      <Sheet
        title="正在确认是您本人"
        action="换成回答一个问题"
        leave="先不约了"
        onAction={() => setAsking(true)}
        onLeave={onLeave}
      >
        <View id="proving" aria-live="polite">
          <Text>刚才的请求比较密集，手机正在自动核验，一般几秒钟，请不要离开。</Text>
        </View>
      </Sheet>
    );
  }
  return (
    <Sheet
      title="请回答一个问题"
      action="继续预约"
      leave="先不约了"
      onAction={() => {
        if (answer.trim() !== '') onProof({ challenge: challenge.id, answer: answer.trim() });
      }}
      onLeave={onLeave}
    >
      <Text className="prove__question">{challenge.question}</Text>
      <Input
        id="prove-answer"
        className="prove__input"
        type="text"
        maxlength={20}
        value={answer}
        placeholder="写下答案"
        placeholderClass="prove__hint"
        aria-label={challenge.question}
        onInput={(event) => setAnswer(event.detail.value)}
      />
      {wrong && (
        <Text className="prove__note">刚才的答案不对，请再试一次。也可以拨打 12345，或直接到大厅取号。</Text>
      )}
    </Sheet>
  );
}
