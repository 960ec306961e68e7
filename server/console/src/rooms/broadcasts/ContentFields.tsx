import { Form, Input, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Preview, Template } from '../../api/broadcasts.ts';
import { pageChoices } from '../../parts/openablePages.ts';
import { ArticleFields } from './ArticleFields.tsx';
import { type Draft, limits, type Problems } from './draft.ts';
import { Counter, problemOf } from './fieldParts.tsx';
import { PictureUpload } from './PictureUpload.tsx';

export interface ContentFieldsProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly templates: readonly Template[];
  readonly preview: Preview | null;
  /** Only what the person may already be told: a field not yet touched is not wrong. */
  readonly problems: Problems;
}

export function ContentFields(props: ContentFieldsProps): ReactNode {
  const { draft, change, problems } = props;
  return (
    <>
      <Form.Item label="消息类型">
        <Segmented<Draft['kind']>
          value={draft.kind}
          options={[
            { value: 'text', label: '文字' },
            { value: 'picture', label: '图片' },
            { value: 'article', label: '图文' },
            { value: 'template', label: '模板通知' },
          ]}
          onChange={(kind) => change({ kind })}
          data-testid="kind"
        />
        <p className="field-note">
          {draft.kind !== 'template'
            ? '每位关注者每月最多收到 4 次群发，请留给重要的事。'
            : '只能用于服务变更和突发事件提醒，不能用于宣传和推广，否则微信会处罚公众号。'}
        </p>
      </Form.Item>
      {draft.kind === 'text' && <TextField {...props} />}
      {draft.kind === 'picture' && (
        <Form.Item label="图片" {...problemOf(problems['pictureId'])}>
          <PictureUpload
            pictureId={draft.pictureId}
            onUploaded={(pictureId) => change({ pictureId })}
            testId="picture-file"
          />
        </Form.Item>
      )}
      {draft.kind === 'article' && (
        <ArticleFields
          article={draft.article}
          change={(article) => change({ article })}
          problems={problems}
        />
      )}
      {draft.kind === 'template' && <TemplateFields {...props} />}
    </>
  );
}

function TextField({ draft, change, problems }: ContentFieldsProps): ReactNode {
  return (
    <Form.Item label="正文" htmlFor="text" {...problemOf(problems['text'])}>
      <Input.TextArea
        id="text"
        data-testid="text"
        value={draft.text}
        onChange={(event) => change({ text: event.target.value })}
        autoSize={{ minRows: 6, maxRows: 16 }}
        placeholder="一句话说清是什么事、从什么时候起、您需要做什么"
      />
      <Counter text={draft.text} limit={limits.text} />
    </Form.Item>
  );
}

function TemplateFields({ draft, change, templates, preview, problems }: ContentFieldsProps): ReactNode {
  const usable = templates.filter((each) => each.broadcast);
  const template = usable.find((each) => each.id === draft.template);
  return (
    <>
      <Form.Item label="模板" htmlFor="template" {...problemOf(problems['template'])}>
        <div data-testid="template-select">
          <Select
            id="template"
            value={draft.template}
            placeholder="请选择模板"
            options={usable.map((each) => ({ value: each.id, label: each.title }))}
            onChange={(id) => change({ template: id })}
            style={{ width: '100%' }}
          />
        </div>
      </Form.Item>
      {template?.fields.map((field) => {
        const value = draft.values[field.key] ?? '';
        const shortened = preview?.fields.find((each) => each.key === field.key)?.shortened ?? false;
        return (
          <Form.Item
            key={field.key}
            label={field.label}
            htmlFor={`field-${field.key}`}
            {...problemOf(problems[field.key])}
          >
            <Input
              id={`field-${field.key}`}
              data-testid={`field-${field.key}`}
              value={value}
              placeholder={`例：${field.example}`}
              onChange={(event) => change({ values: { ...draft.values, [field.key]: event.target.value } })}
              suffix={<Counter text={value} limit={field.limit} />}
            />
            {shortened && <p className="field-note field-warn">超出部分市民看不到，已在预览中截短。</p>}
          </Form.Item>
        );
      })}
      {template && (
        <Form.Item label="点开消息" htmlFor="page">
          <Select
            id="page"
            value={draft.page ?? ''}
            options={[{ value: '', label: '不跳转' }, ...pageChoices(draft.page ?? '')]}
            onChange={(page) => change({ page: page === '' ? null : page })}
          />
        </Form.Item>
      )}
    </>
  );
}
