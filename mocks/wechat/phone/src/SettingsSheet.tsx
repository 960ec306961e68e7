import { useEffect, useState } from 'react';
import { changeSettings, readSettings } from './api.ts';
import { Sheet } from './Sheet.tsx';
import type { Settings } from './types.ts';
import { clock, longDay } from './words.ts';

const hour = 3_600_000;

/** The stand-in's clock and what goes wrong on purpose. */
export function SettingsSheet(props: { now: number; receives: string; onClose: () => void }) {
  const [settings, setSettings] = useState<Settings>();
  const [receives, setReceives] = useState(props.receives);
  useEffect(() => {
    void readSettings().then(setSettings);
  }, []);
  if (!settings)
    return (
      <Sheet title="演示设置" onClose={props.onClose}>
        {null}
      </Sheet>
    );
  const change = (changes: Partial<Settings> & { receives?: string }) =>
    void changeSettings(changes).then(setSettings);
  const move = (ms: number) => change({ clockOffsetMs: settings.clockOffsetMs + ms });
  return (
    <Sheet title="演示设置" onClose={props.onClose}>
      <h3>微信的时间</h3>
      <p className="setting-time">
        {longDay(props.now)} {clock(props.now)}
      </p>
      <div className="chips">
        <button type="button" onClick={() => move(-hour)}>
          早一小时
        </button>
        <button type="button" onClick={() => move(hour)}>
          晚一小时
        </button>
        <button type="button" onClick={() => move(24 * hour)}>
          晚一天
        </button>
        <button type="button" onClick={() => change({ clockOffsetMs: 0 })}>
          现在
        </button>
      </div>
      <h3>这个人怎样接收消息</h3>
      <Choice
        value={receives}
        options={[
          ['yes', '正常'],
          ['quiet', '屏蔽'],
          ['refuse', '拒收'],
        ]}
        onChange={(value) => {
          setReceives(value);
          change({ receives: value });
        }}
      />
      <h3>微信平台的毛病</h3>
      <Setting label="每次回答慢多少">
        <Choice
          value={String(settings.latencyMs)}
          options={[
            ['0', '不慢'],
            ['50', '50 毫秒'],
            ['1000', '1 秒'],
            ['8000', '8 秒'],
          ]}
          onChange={(value) => change({ latencyMs: Number(value) })}
        />
      </Setting>
      <Setting label="回答系统繁忙">
        <Choice
          value={String(settings.errorRate)}
          options={[
            ['0', '从不'],
            ['0.2', '两成'],
            ['1', '总是'],
          ]}
          onChange={(value) => change({ errorRate: Number(value) })}
        />
      </Setting>
      <Setting label="送达回执">
        <Choice
          value={settings.dropEvents >= 1 ? 'none' : settings.duplicateEvents >= 1 ? 'twice' : 'once'}
          options={[
            ['once', '正常'],
            ['twice', '来两次'],
            ['none', '不来'],
          ]}
          onChange={(value) =>
            change({ dropEvents: value === 'none' ? 1 : 0, duplicateEvents: value === 'twice' ? 1 : 0 })
          }
        />
      </Setting>
      <Setting label="办完了却不回答">
        <Choice
          value={String(settings.dropResponses)}
          options={[
            ['0', '从不'],
            ['0.5', '一半'],
          ]}
          onChange={(value) => change({ dropResponses: Number(value) })}
        />
      </Setting>
    </Sheet>
  );
}

function Setting(props: { label: string; children: React.ReactNode }) {
  return (
    <div className="setting">
      <span>{props.label}</span>
      {props.children}
    </div>
  );
}

function Choice(props: { value: string; options: [string, string][]; onChange: (value: string) => void }) {
  return (
    <div className="choice">
      {props.options.map(([value, label]) => (
        <button
          type="button"
          key={value}
          aria-pressed={value === props.value}
          onClick={() => props.onChange(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
