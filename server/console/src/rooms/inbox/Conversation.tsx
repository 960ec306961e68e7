import { Button, Input } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import {
  answerThread,
  type ChatLine,
  closeThread,
  readThread,
  type ThreadView,
  takeThread,
} from '../../api/account.ts';
import { useLoad } from '../../api/useLoad.ts';
import { countCharacters } from '../../parts/characters.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';

const longest = 600;

/** One citizen's conversation: what was said by whom, and the box to answer in while WeChat allows it. */
export function Conversation(props: { id: string; onTaken: () => void; onChange: () => void }): ReactNode {
  const { id } = props;
  const { staff, may } = useSession();
  const say = useSay();
  const loaded = useLoad((options) => readThread(id, options), [id], 2000);
  const [busy, setBusy] = useState(false);
  const end = useRef<HTMLDivElement>(null);
  const { data } = loaded;
  const last = data?.lines.at(-1)?.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line brings the end into view
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [last]);

  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      loaded.reload();
      props.onChange();
      return true;
    } catch (thrown) {
      say.failed(thrown);
      loaded.reload();
      return false;
    } finally {
      setBusy(false);
    }
  };

  if (!data) {
    return (
      <section className="inbox-chat">
        {loaded.error ? <Failure error={loaded.error} onRetry={loaded.reload} /> : <PageWait />}
      </section>
    );
  }
  const { thread } = data;
  const mine = thread.staff?.id === staff?.id && thread.state === 'open';
  const taken = thread.state === 'open' && !mine;
  const mayAnswer = may('inbox.answer');
  return (
    <section className="inbox-chat" aria-label={`与${thread.person}的会话`}>
      <header>
        <div>
          <strong>{thread.person}</strong>
          <span className="quiet">{taken ? `由 ${thread.staff?.name} 接待` : thread.stateLabel}</span>
        </div>
        {mine && mayAnswer && (
          <Button disabled={busy} onClick={() => void run(() => closeThread(id))} data-testid="close-thread">
            结束接待
          </Button>
        )}
      </header>
      <div className="inbox-lines" aria-live="polite">
        {data.lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
        <div ref={end} />
      </div>
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {!mayAnswer || taken ? null : mine ? (
        <AnswerBox thread={thread} busy={busy} send={(text) => run(() => answerThread(id, text))} />
      ) : (
        <footer className="inbox-take">
          <span className="quiet">接待后，自动回复会停下，由您与这位市民对话。</span>
          <Button
            type="primary"
            loading={busy}
            data-testid="take"
            onClick={() =>
              void run(() => takeThread(id)).then((done) => {
                if (done) props.onTaken();
              })
            }
          >
            我来接待
          </Button>
        </footer>
      )}
    </section>
  );
}

function AnswerBox(props: {
  thread: ThreadView;
  busy: boolean;
  send: (text: string) => Promise<boolean>;
}): ReactNode {
  const { thread, busy, send } = props;
  const [text, setText] = useState('');
  const until = thread.answerUntil;
  const closed = until === null || thread.answersLeft < 1;
  const count = countCharacters(text);
  const submit = async (): Promise<void> => {
    if (busy || closed || text.trim() === '' || count > longest) return;
    if (await send(text.trim())) setText('');
  };
  return (
    <footer>
      <Input.TextArea
        aria-label="回复"
        data-testid="answer"
        value={text}
        disabled={closed}
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={closed ? '' : '写下回复，按 Ctrl + 回车发送'}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
        }}
      />
      <div className="inbox-send">
        <span className="quiet figure">
          {until === null
            ? '已超过微信允许的 48 小时，要等市民再次留言才能回复。'
            : thread.answersLeft < 1
              ? '微信限制的条数已用完，要等市民再次留言才能回复。'
              : `市民再次留言前还可回复 ${thread.answersLeft} 条，${momentText(until)} 前有效`}
        </span>
        <span className={count > longest ? 'counter counter-over figure' : 'counter figure'}>
          {count} / {longest}
        </span>
        <Button
          type="primary"
          loading={busy}
          disabled={closed || text.trim() === '' || count > longest}
          onClick={() => void submit()}
          data-testid="send-answer"
        >
          发送
        </Button>
      </div>
    </footer>
  );
}

function Line({ line }: { line: ChatLine }): ReactNode {
  const who = line.from === 'staff' ? line.by : line.from === 'automatic' ? '自动回复' : null;
  return (
    <div className={`inbox-line inbox-${line.from}`}>
      <p>{line.text}</p>
      <small className="figure">
        {who && `${who} · `}
        {momentText(line.at)}
      </small>
    </div>
  );
}
