import { setFollows } from './api.ts';
import { Bar } from './Bar.tsx';
import { Forward, HallMark, Program } from './icons.tsx';
import type { PhoneState } from './types.ts';

/** The account's card: what it is, follow or leave. */
export function AccountPage(props: {
  state: PhoneState;
  onBack: () => void;
  onChat: () => void;
  onProgram: () => void;
}) {
  const { follows } = props.state.me;
  return (
    <section className="view">
      <Bar title="" onBack={props.onBack} />
      <div className="scroll">
        <div className="account">
          <HallMark size={64} />
          <div>
            <b>增城政务服务</b>
            <small>服务号 · 广州市增城区</small>
          </div>
        </div>
        <p className="account-words">预约、排队、办件进度和办事提醒，都在这里告诉你。</p>
        <div className="group">
          <button type="button" className="cell" onClick={props.onProgram} data-testid="profile-miniprogram">
            <span className="cell-icon">
              <Program />
            </span>
            <span>相关小程序：增城政务服务</span>
            <Forward />
          </button>
        </div>
        <div className="account-acts">
          {follows ? (
            <>
              <button type="button" className="solid" onClick={props.onChat}>
                发消息
              </button>
              <button
                type="button"
                className="hollow"
                onClick={() => void setFollows(false)}
                data-testid="unfollow"
              >
                不再关注
              </button>
            </>
          ) : (
            <button
              type="button"
              className="solid"
              data-testid="follow"
              onClick={() => {
                void setFollows(true);
                props.onChat();
              }}
            >
              关注公众号
            </button>
          )}
        </div>
      </div>
    </section>
  );
}
