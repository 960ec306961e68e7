import { DatePicker, Form, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import type { Audience, Tag } from '../../api/broadcasts.ts';
import { beijingWall } from '../../parts/dates.ts';
import { ApplicantsChoice, TownChoice } from './BookedChoice.tsx';
import { type Draft, incomplete, type Problems } from './draft.ts';
import { problemOf } from './fieldParts.tsx';
import { ListUpload } from './ListUpload.tsx';

interface Props {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly tags: readonly Tag[];
  readonly audienceCount: number | null;
  readonly problems: Problems;
}

export function AudienceFields({ draft, change, tags, audienceCount, problems }: Props): ReactNode {
  const { audience } = draft;
  const first = tags[0];
  return (
    <>
      <Form.Item label="发给谁" {...problemOf(problems['audience'])}>
        <Radio.Group
          value={audience.kind}
          onChange={(event) => change({ audience: startOf(event.target.value as Audience['kind'], first) })}
          options={[
            { value: 'followers', label: '全部关注者' },
            { value: 'tag', label: '按标签', disabled: !first },
            { value: 'applicants', label: '预约过某事项', disabled: draft.kind !== 'template' },
            { value: 'town', label: '按镇街', disabled: draft.kind !== 'template' },
            { value: 'list', label: '上传名单', disabled: draft.kind !== 'template' },
          ]}
        />
        {audience.kind === 'tag' && (
          <div className="tag-select">
            <Select
              aria-label="标签"
              value={audience.tagId}
              options={tags.map((tag) => ({
                value: tag.id,
                label: `${tag.name}（${tag.count.toLocaleString()} 人）`,
              }))}
              onChange={(tagId) => change({ audience: { kind: 'tag', tagId } })}
            />
          </div>
        )}
        {audience.kind === 'applicants' && (
          <ApplicantsChoice audience={audience} onChange={(next) => change({ audience: next })} />
        )}
        {audience.kind === 'town' && (
          <TownChoice audience={audience} onChange={(next) => change({ audience: next })} />
        )}
        {audience.kind === 'list' && (
          <ListUpload
            listId={audience.listId}
            onAccept={(listId) => change({ audience: { kind: 'list', listId } })}
          />
        )}
        {draft.kind !== 'template' && (
          <p className="field-note">群发只能发给全部关注者或一个标签；其他范围请用模板通知。</p>
        )}
        <p className="field-note">
          {incomplete(audience) ? (
            '选好范围后显示人数。'
          ) : audienceCount === null ? (
            '正在计算人数…'
          ) : (
            <>
              现在共 <strong className="figure">{audienceCount.toLocaleString()}</strong>{' '}
              人；实际以开始发送时为准。
            </>
          )}
        </p>
      </Form.Item>
      <Form.Item label="什么时候发" {...problemOf(problems['at'])}>
        <Radio.Group
          value={draft.at === null ? 'now' : 'later'}
          onChange={(event) => change({ at: event.target.value === 'now' ? null : tomorrowAtNine() })}
          options={[
            { value: 'now', label: '批准后立即发送' },
            { value: 'later', label: '定时发送' },
          ]}
        />
        {draft.at !== null && (
          <div className="tag-select">
            <DatePicker
              aria-label="发送时间"
              showTime={{ format: 'HH:mm', minuteStep: 5 }}
              format="YYYY年M月D日 dddd HH:mm"
              allowClear={false}
              value={dayjs(draft.at)}
              disabledDate={(day) => day.format('YYYY-MM-DD') < today()}
              onChange={(day: dayjs.Dayjs | null) => day && change({ at: day.format('YYYY-MM-DDTHH:mm') })}
              style={{ width: 280 }}
            />
          </div>
        )}
      </Form.Item>
    </>
  );
}

const startOf = (kind: Audience['kind'], tag: Tag | undefined): Audience => {
  if (kind === 'tag' && tag) return { kind, tagId: tag.id };
  if (kind === 'applicants') return { kind, matterId: '', days: 90 };
  if (kind === 'town') return { kind, townCode: '', days: 90 };
  return kind === 'list' ? { kind, listId: '' } : { kind: 'followers' };
};

const today = (): string => beijingWall(new Date().toISOString()).slice(0, 10);
const tomorrowAtNine = (): string => `${dayjs(today()).add(1, 'day').format('YYYY-MM-DD')}T09:00`;
