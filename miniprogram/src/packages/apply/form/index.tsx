import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { ApplyView, DraftView } from '../../../../../server/areas/applications/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { beginDraft, loadApply, loadDraft } from '../../../api/applications.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { replace } from '../../../platform/navigation.ts';
import { newId } from '../../../platform/newId.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { sayInstant } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Filling } from './Filling.tsx';
import './index.scss';

/** Applying: `?matter=` begins or goes on, `?draft=` goes on with one. */
export default function FormPage(): ReactNode {
  const { matter, draft } = useQuery('matter', 'draft');
  return draft ? <Open id={draft} /> : <Start matterId={matter} />;
}

function Open(props: { id: string }): ReactNode {
  const load = useLoad(props.id, () => loadDraft(props.id));
  const { state } = load;
  if (state.status === 'ready' && !state.data.caseId)
    return <Filling key={state.data.id} start={state.data} />;
  return (
    <PageShell title="在线申办" id="apply">
      <Loaded load={load} rows={4}>
        {({ caseId }) => (
          <Cell
            title="这份申请已经提交"
            note="看办理进度"
            onPress={() => void replace(`packages/apply/case/index?id=${caseId}`)}
          />
        )}
      </Loaded>
    </PageShell>
  );
}

function Start(props: { matterId: string }): ReactNode {
  const { matterId } = props;
  const load = useLoad(matterId, () => loadApply(matterId));
  const [begun, setBegun] = useState<DraftView | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [draftId] = useState(() => newId());
  const begin = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      setBegun(await beginDraft(matterId, draftId));
    } catch (thrown) {
      setRefused(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  if (begun) return <Filling key={begun.id} start={begun} />;
  const foot = (
    <Button id="begin" busy={busy} disabled={load.state.status !== 'ready'} onPress={() => void begin()}>
      开始填写
    </Button>
  );
  return (
    <PageShell title="在线申办" id="apply" foot={foot}>
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load} rows={4}>
        {(view) => <Before view={view} />}
      </Loaded>
    </PageShell>
  );
}

/** What is coming, and what was begun before. */
function Before(props: { view: ApplyView }): ReactNode {
  const { matter, form, drafts } = props.view;
  const days = Number(form['promisedDays'] ?? 0);
  const materials = (form['materials'] ?? []) as readonly {
    seq: string;
    name: string;
    licenceType?: string | null;
  }[];
  return (
    <>
      <Heading title={matter.name} note={matter.department} />
      {drafts.length > 0 && (
        <Section title="接着上次填">
          <Card>
            {drafts.map((draft) => (
              <Cell
                key={draft.id}
                id={`draft-${draft.id}`}
                icon="clock"
                title="没有提交的草稿"
                note={`${sayInstant(draft.savedAt)} 保存`}
                onPress={() => void replace(`packages/apply/form/index?draft=${draft.id}`)}
              />
            ))}
          </Card>
        </Section>
      )}
      <Section title="怎么办">
        <Card>
          <View className="apply__lines">
            <Text className="apply__line">1. 填一张表，约 5 分钟，随填随存，没网也不会丢</Text>
            <Text className="apply__line">2. 拍照上传材料，已有电子证照的不用传</Text>
            <Text className="apply__line">{`3. 部门受理后${days === 0 ? '当场办结' : ` ${days} 个工作日内办好`}，结果会通知您`}</Text>
          </View>
        </Card>
      </Section>
      {materials.length > 0 && (
        <Section title="可能要的材料" note="按您的情况，实际会少一些">
          <Card>
            {materials.map(({ seq, name, licenceType }) => (
              <Cell key={seq} title={name} {...(licenceType ? { note: '有电子证照可以免交' } : {})} />
            ))}
          </Card>
        </Section>
      )}
    </>
  );
}
