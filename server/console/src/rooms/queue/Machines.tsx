import { Button, Input, Modal, Popconfirm, Typography } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { encode } from 'uqr';
import { addKiosk, lockKiosk, readHallQr, type StaffQueue } from '../../api/queue.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';

/** What stands in the hall by itself: ticket machines, screens, and the poster people check in with. */
export function Machines(props: { hall: string; queue: StaffQueue; onChange: () => void }): ReactNode {
  const { hall, queue, onChange } = props;
  const { may } = useSession();
  const say = useSay();
  const manage = may('queue.manage');
  const [adding, setAdding] = useState(false);
  const [poster, setPoster] = useState(false);
  const lock = async (id: string, locked: boolean): Promise<void> => {
    try {
      await lockKiosk(id, locked);
      say.done(locked ? '已暂停' : '已恢复');
      onChange();
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  return (
    <section className="panel">
      <header className="queue-head">
        <h2>取号机和叫号屏</h2>
        <Button onClick={() => setPoster(true)}>签到码海报</Button>
        {manage && (
          <Button onClick={() => setAdding(true)} data-testid="add-kiosk">
            登记取号机
          </Button>
        )}
        <Button href={`/console/display/${hall}`} target="_blank">
          打开叫号屏
        </Button>
      </header>
      <ul className="queue-machines">
        {queue.kiosks.map((kiosk) => (
          <li key={kiosk.id}>
            <span>
              {kiosk.name}
              <small>{kiosk.seenAt ? `${momentText(kiosk.seenAt)} 有响应` : '还没有启用'}</small>
            </span>
            <StateTag tone={kiosk.locked ? 'needsYou' : kiosk.alive ? 'good' : 'bad'}>
              {kiosk.locked ? '已暂停' : kiosk.alive ? '正常' : '没有响应'}
            </StateTag>
            {manage && (
              <Popconfirm
                title={kiosk.locked ? '恢复使用这台取号机' : '暂停这台取号机'}
                description={kiosk.locked ? undefined : '屏幕会提示到其他取号机取号。'}
                okText={kiosk.locked ? '恢复' : '暂停'}
                cancelText="不了"
                onConfirm={() => lock(kiosk.id, !kiosk.locked)}
              >
                <Button size="small">{kiosk.locked ? '恢复' : '暂停'}</Button>
              </Popconfirm>
            )}
          </li>
        ))}
        {queue.screens.map((screen) => (
          <li key={screen.id}>
            <span>
              叫号屏 {screen.id}
              <small>{momentText(screen.seenAt)} 有响应</small>
            </span>
            <StateTag tone={screen.alive ? 'good' : 'bad'}>{screen.alive ? '正常' : '没有响应'}</StateTag>
          </li>
        ))}
        {queue.kiosks.length + queue.screens.length === 0 && (
          <li className="quiet">还没有取号机和叫号屏。登记取号机，或在大屏电脑上打开叫号屏。</li>
        )}
      </ul>
      {adding && (
        <AddKiosk
          hall={hall}
          onDone={() => {
            setAdding(false);
            onChange();
          }}
        />
      )}
      {poster && <Poster hall={hall} name={queue.hall.name} onLeave={() => setPoster(false)} />}
    </section>
  );
}

function AddKiosk({ hall, onDone }: { hall: string; onDone: () => void }): ReactNode {
  const say = useSay();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const add = async (): Promise<void> => {
    setBusy(true);
    try {
      setToken((await addKiosk(hall, name.trim())).token);
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const address = `${window.location.origin}/console/kiosk/${hall}#token=${token}`;
  return (
    <Modal
      open
      title="登记取号机"
      okText={token ? '抄好了' : '登记'}
      cancelText="不了"
      confirmLoading={busy}
      okButtonProps={{ disabled: name.trim() === '' }}
      cancelButtonProps={token ? { style: { display: 'none' } } : {}}
      mask={{ closable: token === null }}
      onOk={() => (token ? onDone() : void add())}
      onCancel={onDone}
    >
      {token ? (
        <>
          <p className="queue-say">在取号机的浏览器里打开下面的网址即可启用。登记码只显示这一次。</p>
          <Typography.Paragraph copyable className="queue-address" data-testid="kiosk-address">
            {address}
          </Typography.Paragraph>
        </>
      ) : (
        <Input
          aria-label="名称"
          placeholder="名称，例如：B 区 1 号取号机"
          maxLength={30}
          value={name}
          onChange={(event) => setName(event.target.value)}
          data-testid="kiosk-name"
        />
      )}
    </Modal>
  );
}

function Poster(props: { hall: string; name: string; onLeave: () => void }): ReactNode {
  const { hall, name, onLeave } = props;
  const qr = useLoad((options) => readHallQr(hall, options), [hall]);
  return (
    <Modal open title="签到码海报" footer={null} onCancel={onLeave} width={440}>
      {qr.data && (
        <div className="queue-poster">
          <strong>{name}</strong>
          <Qr text={qr.data.text} />
          <p>到大厅后，在「我的预约」里点「签到取号」，扫这个码</p>
          <Typography.Text copyable={{ text: qr.data.text }} type="secondary">
            复制码上的文字
          </Typography.Text>
        </div>
      )}
    </Modal>
  );
}

function Qr({ text }: { text: string }): ReactNode {
  const { data, size } = useMemo(() => encode(text, { ecc: 'M', border: 2 }), [text]);
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width={280} height={280} shapeRendering="crispEdges" role="img">
      <title>签到二维码</title>
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#17282b" d={path} />
    </svg>
  );
}
