import { type ReactNode, useState } from 'react';

/** Once, by staff: the code that the console shows when a machine is registered. */
export function SetUp({ wrong, onToken }: { wrong: boolean; onToken: (token: string) => void }): ReactNode {
  const [typed, setTyped] = useState('');
  return (
    <main className="kiosk kiosk-closed">
      <h1>{wrong ? '这台取号机没有登记' : '设置取号机'}</h1>
      <p>请工作人员在工作台「大厅实况」里登记取号机，把登记码填在这里。</p>
      <form
        className="kiosk-setup"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') onToken(typed.trim());
        }}
      >
        <input
          aria-label="登记码"
          value={typed}
          autoComplete="off"
          placeholder="登记码"
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="kiosk-main">
          启用
        </button>
      </form>
    </main>
  );
}
