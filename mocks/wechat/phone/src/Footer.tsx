import { type FormEvent, useState } from 'react';
import { sendText } from './api.ts';
import { Keyboard, Lines } from './icons.tsx';
import type { Button } from './types.ts';

/** The foot of an account's chat: its menu, or the keyboard. */
export function Footer(props: { menu: Button[]; onTap: (path: number[], button: Button) => void }) {
  const [typing, setTyping] = useState(false);
  const [open, setOpen] = useState<number>();
  const [text, setText] = useState('');
  const hasMenu = props.menu.length > 0;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const words = text.trim();
    if (words === '') return;
    setText('');
    await sendText(words);
  };
  const toggle = hasMenu && (
    <button
      type="button"
      className="foot-toggle"
      aria-label={typing ? '菜单' : '键盘'}
      data-testid="chat-keyboard"
      onClick={() => {
        setTyping(!typing);
        setOpen(undefined);
      }}
    >
      {typing ? <Lines /> : <Keyboard />}
    </button>
  );
  if (typing || !hasMenu) {
    return (
      <form className="foot" onSubmit={(event) => void send(event)}>
        {toggle}
        <input
          className="foot-input"
          data-testid="chat-input"
          aria-label="输入消息"
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={600}
          enterKeyHint="send"
        />
        <button type="submit" className="foot-send" data-testid="chat-send" disabled={text.trim() === ''}>
          发送
        </button>
      </form>
    );
  }
  return (
    <div className="foot">
      {toggle}
      {props.menu.map((button, index) => {
        const below = button.sub_button ?? [];
        return (
          <div className="foot-menu" key={button.name}>
            {open === index && (
              <>
                <button
                  type="button"
                  className="popup-shade"
                  aria-label="收起菜单"
                  onClick={() => setOpen(undefined)}
                />
                <div className="popup">
                  {below.map((child, place) => (
                    <button
                      type="button"
                      key={child.name}
                      data-testid={`menu-${index}-${place}`}
                      onClick={() => {
                        setOpen(undefined);
                        props.onTap([index, place], child);
                      }}
                    >
                      {child.name}
                    </button>
                  ))}
                </div>
              </>
            )}
            <button
              type="button"
              className="foot-button"
              data-testid={`menu-${index}`}
              aria-expanded={below.length > 0 ? open === index : undefined}
              onClick={() => {
                if (below.length > 0) setOpen(open === index ? undefined : index);
                else {
                  setOpen(undefined);
                  props.onTap([index], button);
                }
              }}
            >
              {below.length > 0 && <i className="foot-mark" />}
              {button.name}
            </button>
          </div>
        );
      })}
    </div>
  );
}
