import { Empty, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { listTemplates, type Template } from '../../api/broadcasts.ts';
import { checkTemplates, type TemplateCheck } from '../../api/notices.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { ChatTime, PhoneChat, TemplateCard } from '../../parts/PhoneChat.tsx';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';
import { fieldKindLabels } from './fieldKinds.ts';
import { usage } from './usage.ts';
import './TemplatesPage.css';

/** The registry of template messages: what each notice says, and how it looks in the chat. */
export function TemplatesPage(): ReactNode {
  const list = useLoad(({ signal }) => listTemplates(signal), []);
  const check = useLoad(checkTemplates, []);
  const [only, setOnly] = useState<'all' | 'broadcast'>('all');
  const [chosen, setChosen] = useState<string | null>(null);
  if (!list.data) return list.error ? <Failure error={list.error} onRetry={list.reload} /> : <PageWait />;
  const shown = list.data.filter((each) => only === 'all' || each.broadcast);
  const template = shown.find((each) => each.id === chosen) ?? shown[0] ?? null;
  return (
    <>
      <PageHeader
        title="消息模板"
        note="每一类通知用哪个微信模板、每一栏最多写多少字。模板由系统按事件自动使用。"
      />
      <Segmented<'all' | 'broadcast'>
        className="shelves"
        value={only}
        options={[
          { value: 'all', label: `全部 ${list.data.length}` },
          { value: 'broadcast', label: '可用于群发' },
        ]}
        onChange={setOnly}
      />
      {template ? (
        <div className="templates">
          <ul className="panel templates-list">
            {shown.map((each) => (
              <li key={each.id}>
                <button
                  type="button"
                  className={each.id === template.id ? 'pick pick-chosen' : 'pick'}
                  aria-current={each.id === template.id}
                  onClick={() => setChosen(each.id)}
                >
                  <span>
                    {each.title}
                    {usage[each.id] && <small>{usage[each.id]}</small>}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <Facts
            template={template}
            check={check.data?.templates.find((each) => each.kind === template.id)?.state ?? null}
          />
          <PhoneChat>
            <ChatTime>示例</ChatTime>
            <TemplateCard
              title={template.title}
              fields={template.fields.map(({ key, label, example }) => ({ key, label, value: example }))}
              opens={template.broadcast ? null : 'page'}
            />
          </PhoneChat>
        </div>
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有这样的模板。" />
      )}
    </>
  );
}

const checkWords: Readonly<Record<TemplateCheck['templates'][number]['state'], readonly [string, Tone]>> = {
  ready: ['公众号里已有', 'good'],
  missing: ['第一次使用时自动添加', 'quiet'],
  different: ['公众号里的同名模板栏目不同，请核对', 'bad'],
};

function Facts(props: {
  template: Template;
  check: TemplateCheck['templates'][number]['state'] | null;
}): ReactNode {
  const { template, check } = props;
  return (
    <section className="panel">
      <h2>{template.title}</h2>
      <p className="templates-use">
        {template.broadcast ? (
          <StateTag tone="action">可用于群发</StateTag>
        ) : (
          <StateTag tone="quiet">只由系统按事件发送</StateTag>
        )}
        {check && <StateTag tone={checkWords[check][1]}>{checkWords[check][0]}</StateTag>}
      </p>
      <table>
        <thead>
          <tr>
            <th>栏目</th>
            <th>可以写</th>
            <th>例</th>
          </tr>
        </thead>
        <tbody>
          {template.fields.map((field) => (
            <tr key={field.key}>
              <td>{field.label}</td>
              <td>
                {fieldKindLabels[field.kind] ?? '文字'}，最多 {field.limit} 个字
              </td>
              <td className="quiet">{field.example}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
