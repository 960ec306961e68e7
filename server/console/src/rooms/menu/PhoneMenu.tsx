import type { ReactNode } from 'react';
import type { Items, Path } from './menuTree.ts';

/** The menu bar of the chat; a tap on a list opens it, as in WeChat. */
export function PhoneMenu(props: { items: Items; path: Path; choose: (path: Path) => void }): ReactNode {
  const { items, path, choose } = props;
  return (
    <div
      className="phone-menu phone-menu-live"
      style={{ gridTemplateColumns: `44px repeat(${items.length}, 1fr)` }}
    >
      <span aria-hidden>⌨</span>
      {items.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a menu item is where it stands
        <div key={i} className="phone-button">
          {item.kind === 'group' && path[0] === i && item.items.length > 0 && (
            <div className="phone-list">
              {item.items.map((leaf, j) => (
                <button
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  key={j}
                  type="button"
                  className={path[1] === j ? 'phone-chosen' : undefined}
                  onClick={() => choose([i, j])}
                >
                  {leaf.name || '未命名'}
                </button>
              ))}
            </div>
          )}
          <button
            type="button"
            className={path[0] === i && path[1] === undefined ? 'phone-chosen' : undefined}
            onClick={() => choose([i])}
          >
            {item.kind === 'group' && <i aria-hidden>≡</i>}
            {item.name || '未命名'}
          </button>
        </div>
      ))}
    </div>
  );
}
