import { Modal } from 'antd';
import type { ReactNode } from 'react';
import type { MenuView } from '../../api/account.ts';
import { pageLabel } from '../../parts/openablePages.ts';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';

const kinds: Readonly<Record<MenuView['changes'][number]['kind'], readonly [string, Tone]>> = {
  added: ['新增', 'good'],
  removed: ['去掉', 'bad'],
  changed: ['改动', 'needsYou'],
};

/** What publishing changes for citizens, before it does. */
export function ChangesDialog(props: {
  view: MenuView | null;
  busy: boolean;
  onCancel: () => void;
  onPublish: () => void;
}): ReactNode {
  const { view, busy } = props;
  const blocked = (view?.problems.length ?? 0) > 0;
  return (
    <Modal
      open={view !== null}
      width={640}
      title={blocked ? '还不能发布' : '发布后市民看到的变化'}
      okText="发布"
      cancelText={blocked ? '返回修改' : '再改改'}
      okButtonProps={{
        disabled: blocked || view?.changes.length === 0,
        loading: busy,
        'data-testid': 'confirm',
      }}
      onOk={props.onPublish}
      onCancel={props.onCancel}
    >
      {blocked ? (
        <ul className="menu-problems">
          {view?.problems.map((problem) => (
            <li key={problem.where + problem.message}>
              <strong>{problem.where}</strong>：{problem.message}
            </li>
          ))}
        </ul>
      ) : view?.changes.length === 0 ? (
        <p>与市民现在看到的菜单一致，不需要发布。</p>
      ) : (
        <ul className="menu-changes">
          {view?.changes.map((change) => (
            <li key={change.kind + change.where}>
              <StateTag tone={kinds[change.kind][1]}>{kinds[change.kind][0]}</StateTag>
              <div>
                <strong>{change.where}</strong>
                {change.before !== null && <del>{inWords(change.before)}</del>}
                {change.after !== null && <ins>{inWords(change.after)}</ins>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}

/** A page is named, its path is for engineers. */
const inWords = (text: string): string =>
  text.replace(/(?:pages|packages)\/[\w/]+(?:\?[\w=&%.-]*)?$/, (page) => {
    const label = pageLabel(page);
    return label === '小程序里的一页' ? page : `「${label}」`;
  });
