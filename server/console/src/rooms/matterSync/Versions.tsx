import { Button, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { readSourceMatter, refreshSourceMatter, type SourceMatterDetail } from '../../api/matterSync.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { Arrangement } from './Arrangement.tsx';
import { refreshedWords } from './words.ts';

type Version = SourceMatterDetail['versions'][number];

/** One matter: its versions, newest first, with what each says otherwise than the one before; and its windows. */
export function Versions({ id, mayAct }: { id: string; mayAct: boolean }): ReactNode {
  const say = useSay();
  const load = useLoad((options) => readSourceMatter(id, options), [id]);
  const [busy, setBusy] = useState(false);
  const refresh = async (): Promise<void> => {
    setBusy(true);
    try {
      const seen = await refreshSourceMatter(id);
      load.put(seen);
      if (seen.refreshed) say.done(refreshedWords[seen.refreshed]);
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const { data } = load;
  if (!data) return load.error ? <Failure error={load.error} onRetry={load.reload} /> : <PageWait />;
  return (
    <>
      <p className="quiet figure">{data.code}</p>
      <div className="sync-check">
        <span>{data.checkedAt ? `${momentText(data.checkedAt)} 与省里核对过` : '还没有与省里核对'}</span>
        {mayAct && data.version !== null && (
          <Button loading={busy} onClick={() => void refresh()} data-testid="refresh-matter">
            现在核对
          </Button>
        )}
      </div>
      <Tabs
        items={[
          { key: 'versions', label: '版本', children: <VersionList data={data} /> },
          {
            key: 'own',
            label: data.own.places.length === 0 ? '窗口安排（未安排）' : '窗口安排',
            children: <Arrangement id={id} own={data.own} mayAct={mayAct} put={load.put} />,
          },
        ]}
      />
    </>
  );
}

function VersionList({ data }: { data: SourceMatterDetail }): ReactNode {
  return (
    <>
      {data.versions.length === 0 && <p className="quiet">这是本地事项，还没有来自省系统的版本。</p>}
      <ol className="sync-versions">
        {data.versions.map((version) => (
          <li key={version.id} data-testid="version">
            <h3>
              第 {version.version} 版
              <span className="quiet">
                {version.seenAt && `${momentText(version.seenAt)} 收到`}
                {version.effectiveOn && version.appliedAt === null && `，${version.effectiveOn} 起生效`}
              </span>
            </h3>
            <Differences version={version} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Differences({ version }: { version: Version }): ReactNode {
  if (version.differences === null) return <p className="quiet">最早的一版</p>;
  if (version.differences.length === 0) return <p className="quiet">显示的内容没有变化</p>;
  return (
    <dl className="sync-differences">
      {version.differences.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            {before.map((line) => (
              <del key={line}>{line}</del>
            ))}
            {after.map((line) => (
              <ins key={line}>{line}</ins>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
