import { type FormEvent, useEffect, useState } from 'react';
import { readCodes, scan } from './api.ts';
import { Sheet } from './Sheet.tsx';

/** Choose one of the hall's codes, or type what stands on a poster. */
export function ScanSheet(props: { onClose: () => void; onScanned: () => void }) {
  const [codes, setCodes] = useState<{ scene: string; picture: string }[]>();
  const [scene, setScene] = useState('');
  const [problem, setProblem] = useState('');
  useEffect(() => {
    void readCodes().then((answer) => setCodes(answer.codes));
  }, []);
  const choose = async (value: string) => {
    try {
      await scan(value);
      props.onScanned();
    } catch {
      setProblem('没有这个二维码，请换一个');
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void choose(scene);
  };
  return (
    <Sheet title="扫一扫" onClose={props.onClose}>
      {codes && codes.length === 0 && <p className="empty">大厅还没有生成带参数的二维码</p>}
      <div className="codes">
        {codes?.map((code) => (
          <button
            type="button"
            key={code.scene}
            onClick={() => void choose(code.scene)}
            data-testid={`scan-${code.scene}`}
          >
            <img src={code.picture} alt="" />
            <span>{code.scene}</span>
          </button>
        ))}
      </div>
      <form className="line" onSubmit={submit}>
        <input
          value={scene}
          onChange={(event) => setScene(event.target.value)}
          placeholder="或者输入二维码的场景值"
          aria-label="场景值"
          data-testid="scan-scene"
        />
        <button type="submit" className="solid" disabled={scene.trim() === ''}>
          识别
        </button>
      </form>
      {problem && <p className="problem">{problem}</p>}
    </Sheet>
  );
}
