import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { MenuItem, MenuView } from '../../api/account.ts';
import { Icon } from '../../parts/Icon.tsx';
import { ChatTime, PhoneChat } from '../../parts/PhoneChat.tsx';
import { ItemForm } from './ItemForm.tsx';
import type { Choice } from './MenuPage.tsx';
import {
  addAt,
  type Items,
  itemAt,
  limits,
  moveAt,
  type Path,
  removeAt,
  replaceAt,
  roomAround,
} from './menuTree.ts';
import { PhoneMenu } from './PhoneMenu.tsx';

/** One menu on the desk: its items on the left, the chosen one in the middle, the phone on the right. */
export function MenuBranches(props: {
  items: Items;
  problems: MenuView['problems'];
  replyKeys: readonly Choice<string>[];
  disabled: boolean;
  change: (items: MenuItem[]) => void;
}): ReactNode {
  const { items, change, disabled } = props;
  const [path, setPath] = useState<Path>([0]);
  const chosen = itemAt(items, path);
  const add = (under: number | null): void => {
    const added = addAt(items, under);
    if (!added) return;
    change(added.items);
    setPath(added.path);
  };
  return (
    <div className="menu-desk">
      <div className="panel menu-list">
        {items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a menu item is where it stands; it has no other name
          <div key={i} className="menu-branch">
            <Row item={item} chosen={same(path, [i])} choose={() => setPath([i])} />
            {item.kind === 'group' &&
              item.items.map((leaf, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <Row key={j} item={leaf} chosen={same(path, [i, j])} choose={() => setPath([i, j])} leaf />
              ))}
            {item.kind === 'group' && !disabled && item.items.length < limits.entries && (
              <Button type="link" size="small" className="menu-add" onClick={() => add(i)}>
                添加子菜单
              </Button>
            )}
          </div>
        ))}
        {!disabled && items.length < limits.buttons && (
          <Button block icon={<Icon name="plus" size={16} />} onClick={() => add(null)}>
            添加菜单
          </Button>
        )}
      </div>
      <div className="panel">
        {props.problems.length > 0 && (
          <ul className="menu-problems" role="alert">
            {props.problems.map((problem) => (
              <li key={problem.where + problem.message}>
                <strong>{problem.where}</strong>：{problem.message}
              </li>
            ))}
          </ul>
        )}
        {chosen ? (
          <ItemForm
            item={chosen}
            top={path.length === 1}
            replyKeys={props.replyKeys}
            disabled={disabled}
            room={roomAround(items, path)}
            change={(item) => change(replaceAt(items, path, item))}
            move={(by) => {
              const next = moveAt(items, path, by);
              change(next.items);
              setPath(next.path);
            }}
            remove={() => {
              change(removeAt(items, path));
              setPath(path.length === 2 ? [path[0]] : [0]);
            }}
          />
        ) : (
          <p className="quiet">从左侧选择一个菜单，或添加新的菜单。</p>
        )}
      </div>
      <PhoneChat footer={<PhoneMenu items={items} path={path} choose={setPath} />}>
        <ChatTime>点击下方菜单看效果</ChatTime>
      </PhoneChat>
    </div>
  );
}

const same = (a: Path, b: Path): boolean => a[0] === b[0] && a[1] === b[1];

const kindLabels: Readonly<Record<MenuItem['kind'], string>> = {
  group: '子菜单',
  page: '小程序',
  link: '链接',
  reply: '回复',
};

function Row(props: { item: MenuItem; chosen: boolean; choose: () => void; leaf?: boolean }): ReactNode {
  return (
    <button
      type="button"
      className={`pick${props.leaf ? ' pick-leaf' : ''}${props.chosen ? ' pick-chosen' : ''}`}
      aria-pressed={props.chosen}
      onClick={props.choose}
    >
      <span>{props.item.name || '未命名'}</span>
      <small>{kindLabels[props.item.kind]}</small>
    </button>
  );
}
