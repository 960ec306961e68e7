import { Button, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { MenuItem } from '../../api/account.ts';
import { pageChoices } from '../../parts/openablePages.ts';
import type { Choice } from './MenuPage.tsx';
import { asKind } from './menuTree.ts';

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** One menu item: what it is called and what a tap does. */
export function ItemForm(props: {
  item: MenuItem;
  top: boolean;
  replyKeys: readonly Choice<string>[];
  disabled: boolean;
  change: (item: MenuItem) => void;
  /** Is there somebody before it, behind it? */
  room: { before: boolean; behind: boolean };
  move: (by: -1 | 1) => void;
  remove: () => void;
}): ReactNode {
  const { item, top, disabled, change } = props;
  const limit = top ? 16 : 60;
  const used = bytesOf(item.name);
  return (
    <Form layout="vertical" component="div" disabled={disabled}>
      <Form.Item
        label="名称"
        htmlFor="menu-name"
        {...(used > limit
          ? { validateStatus: 'error', help: top ? '最多 5 个汉字' : '最多 20 个汉字' }
          : item.name.trim() === ''
            ? { validateStatus: 'error', help: '请填写名称' }
            : {})}
      >
        <Input
          id="menu-name"
          data-testid="menu-name"
          value={item.name}
          onChange={(event) => change({ ...item, name: event.target.value })}
          suffix={
            <span className={used > limit ? 'counter counter-over figure' : 'counter figure'}>
              {used} / {limit} 字节
            </span>
          }
        />
        <p className="field-note">
          {top
            ? '建议不超过 4 个汉字，否则在手机上显示不全。'
            : '建议不超过 8 个汉字，否则在手机上显示不全。'}
        </p>
      </Form.Item>
      <Form.Item label="点一下会" htmlFor="menu-kind">
        <Select
          id="menu-kind"
          value={item.kind}
          options={[
            ...(top ? [{ value: 'group', label: '展开子菜单' }] : []),
            { value: 'page', label: '打开小程序页面' },
            { value: 'link', label: '打开链接' },
            { value: 'reply', label: '收到一条回复' },
          ]}
          onChange={(kind: MenuItem['kind']) => change(asKind(item, kind))}
        />
      </Form.Item>
      {item.kind === 'page' && (
        <Form.Item label="页面" htmlFor="menu-page">
          <Select
            id="menu-page"
            value={item.page}
            options={pageChoices(item.page)}
            onChange={(page) => change({ ...item, page })}
          />
        </Form.Item>
      )}
      {item.kind === 'link' && (
        <Form.Item label="链接" htmlFor="menu-url">
          <Input
            id="menu-url"
            value={item.url}
            placeholder="https://"
            onChange={(event) => change({ ...item, url: event.target.value })}
          />
        </Form.Item>
      )}
      {item.kind === 'reply' && (
        <Form.Item label="回复" htmlFor="menu-key">
          <Select
            id="menu-key"
            value={item.key === '' ? null : item.key}
            placeholder="请选择"
            options={
              props.replyKeys.some((each) => each.value === item.key) || item.key === ''
                ? [...props.replyKeys]
                : [...props.replyKeys, { value: item.key, label: item.key }]
            }
            onChange={(key) => key !== null && change({ ...item, key })}
          />
          <p className="field-note">
            回复的内容在<Link to="/replies">自动回复</Link>里编写。
          </p>
        </Form.Item>
      )}
      {!disabled && (
        <div className="menu-item-acts">
          <Button disabled={!props.room.before} onClick={() => props.move(-1)}>
            {top ? '左移' : '上移'}
          </Button>
          <Button disabled={!props.room.behind} onClick={() => props.move(1)}>
            {top ? '右移' : '下移'}
          </Button>
          <Button danger onClick={props.remove}>
            删除
          </Button>
        </div>
      )}
    </Form>
  );
}
