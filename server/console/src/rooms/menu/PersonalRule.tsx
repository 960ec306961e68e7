import { Button, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { MenuSet } from '../../api/account.ts';
import type { Choice } from './MenuPage.tsx';

type Personal = MenuSet['personal'][number];

/** Who sees a personalised menu: people with a tag, users of one kind of phone, or both at once. */
export function PersonalRule(props: {
  personal: Personal;
  tags: readonly Choice<number>[];
  disabled: boolean;
  change: (personal: Personal) => void;
  remove: () => void;
}): ReactNode {
  const { personal, tags, disabled, change } = props;
  return (
    <Form layout="inline" component="div" className="menu-rule">
      <Form.Item label="名称" htmlFor="menu-title">
        <Input
          id="menu-title"
          value={personal.title}
          maxLength={40}
          disabled={disabled}
          onChange={(event) => change({ ...personal, title: event.target.value })}
        />
      </Form.Item>
      <Form.Item label="给谁看" htmlFor="menu-tag">
        <Select
          id="menu-tag"
          style={{ width: 170 }}
          value={personal.for.tagId ?? 0}
          disabled={disabled}
          options={[{ value: 0, label: '不限标签' }, ...tags]}
          onChange={(tagId) =>
            change({ ...personal, for: { ...personal.for, tagId: tagId === 0 ? null : tagId } })
          }
        />
      </Form.Item>
      <Form.Item label="手机" htmlFor="menu-platform">
        <Select
          id="menu-platform"
          style={{ width: 120 }}
          value={personal.for.platform ?? ''}
          disabled={disabled}
          options={[
            { value: '', label: '不限' },
            { value: '1', label: '苹果' },
            { value: '2', label: '安卓' },
            { value: '3', label: '其他' },
          ]}
          onChange={(value) =>
            change({
              ...personal,
              for: { ...personal.for, platform: value === '' ? null : value } as Personal['for'],
            })
          }
        />
      </Form.Item>
      {!disabled && (
        <Button type="text" danger onClick={props.remove}>
          删除这份菜单
        </Button>
      )}
    </Form>
  );
}
