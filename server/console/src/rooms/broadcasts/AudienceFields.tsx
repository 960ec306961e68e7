import { DatePicker, Form, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import type { Tag } from '../../api/broadcasts.ts';
import { beijingWall } from '../../parts/dates.ts';
import { problemOf } from './ContentFields.tsx';
import type { Draft, Problems } from './draft.ts';

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
          onChange={(event) =>
            change({
              audience:
                event.target.value === 'tag' && first
                  ? { kind: 'tag', tagId: first.id }
                  : { kind: 'followers' },
            })
          }
          options={[
            { value: 'followers', label: '全部关注者' },
            { value: 'tag', label: '按标签', disabled: !first },
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
        <p className="field-note">
          {audienceCount === null ? (
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

const today = (): string => beijingWall(new Date().toISOString()).slice(0, 10);
const tomorrowAtNine = (): string => `${dayjs(today()).add(1, 'day').format('YYYY-MM-DD')}T09:00`;
