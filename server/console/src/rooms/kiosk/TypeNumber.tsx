import { type ReactNode, useState } from 'react';
import { grouped, length, prefix } from './bookingCode.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '清空', '0', '退格'] as const;

/** The booking's number on large keys; only the digits are typed. */
export function TypeNumber(props: {
  busy: boolean;
  onDone: (digits: string) => void;
  onBack: () => void;
}): ReactNode {
  const { busy, onDone, onBack } = props;
  const [typed, setTyped] = useState('');
  const press = (key: (typeof keys)[number]): void => {
    if (key === '清空') setTyped('');
    else if (key === '退格') setTyped((old) => old.slice(0, -1));
    else setTyped((old) => (old.length < length ? old + key : old));
  };
  return (
    <section className="kiosk-number">
      <div>
        <h1>输入预约号</h1>
        <p>
          在手机的「我的预约」里，{prefix} 后面的 {length} 位数字。也可以把预约码对准扫描口。
        </p>
        <p className="kiosk-typed" data-testid="typed" aria-live="polite">
          <i>{prefix}</i>
          {grouped(typed) || <em>请输入</em>}
        </p>
        <button
          type="button"
          className="kiosk-main"
          disabled={typed.length < length || busy}
          data-testid="kiosk-check-in"
          onClick={() => onDone(typed)}
        >
          {busy ? '请稍候' : '取号'}
        </button>
        <button type="button" className="kiosk-quiet" onClick={onBack}>
          返回
        </button>
      </div>
      <div className="kiosk-keys">
        {keys.map((key) => (
          <button type="button" key={key} onClick={() => press(key)}>
            {key}
          </button>
        ))}
      </div>
    </section>
  );
}
