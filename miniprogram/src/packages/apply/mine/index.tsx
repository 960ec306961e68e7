import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { CaseCard, CaseList } from '../../../../../server/areas/applications/contract.ts';
import { asApiError } from '../../../api/apiError.ts';
import { loadCases, loadDrafts } from '../../../api/applications.ts';
import { say } from '../../../platform/gestures.ts';
import { endPullDown, useBottom, usePullDown, useShown } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { sayInstant } from '../../../state/when.ts';
import { Card, Section } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { caseTone } from '../caseTone.ts';
import './index.scss';

/** What I applied for: drafts to finish first, then cases, the newest on top. */
export default function MyCasesPage(): ReactNode {
  const load = useLoad('mine', async () => {
    const [cases, { drafts }] = await Promise.all([loadCases(), loadDrafts()]);
    return { cases, drafts };
  });
  const [more, setMore] = useState<CaseList | null>(null);
  const [busy, setBusy] = useState(false);
  useShown(() => {
    if (load.state.status !== 'loading') void load.reload();
  });
  usePullDown(() => {
    setMore(null);
    void load.reload().finally(endPullDown);
  });
  const first = load.state.status === 'ready' ? load.state.data.cases : null;
  const next = more ? more.next : (first?.next ?? null);
  useBottom(() => {
    if (!next || busy) return;
    setBusy(true);
    loadCases(next)
      .then((page) => setMore((old) => ({ cases: [...(old?.cases ?? []), ...page.cases], next: page.next })))
      .catch((thrown: unknown) => say(asApiError(thrown).message))
      .finally(() => setBusy(false));
  });
  return (
    <PageShell title="我的办件" id="my-cases">
      <Loaded load={load} rows={4}>
        {({ cases, drafts }) => (
          <>
            {drafts.length > 0 && (
              <Section title="没有提交的">
                <Card>
                  {drafts.map((draft) => (
                    <Cell
                      key={draft.id}
                      icon="clock"
                      tone="accent"
                      title={draft.matter}
                      note={`${sayInstant(draft.savedAt)} 保存，90 天内有效`}
                      onPress={() => void open(`packages/apply/form/index?draft=${draft.id}`)}
                    />
                  ))}
                </Card>
              </Section>
            )}
            {cases.cases.length === 0 && drafts.length === 0 ? (
              <Empty
                icon="guide"
                title="还没有办件"
                note="在办事指南里点“在线申办”就能开始"
                action="去找事项"
                onAction={() => void open('pages/matters/index')}
              />
            ) : (
              <View className="mycases__list">
                {[...cases.cases, ...(more?.cases ?? [])].map((each) => (
                  <CaseRow key={each.id} found={each} />
                ))}
              </View>
            )}
          </>
        )}
      </Loaded>
    </PageShell>
  );
}

function CaseRow(props: { found: CaseCard }): ReactNode {
  const { found } = props;
  return (
    <Pressable
      className={`mycases__card ${found.needsMe ? 'mycases__card--needs' : ''}`}
      role="link"
      label={`${found.matter}，${found.word}`}
      onPress={() => void open(`packages/apply/case/index?id=${found.id}`)}
    >
      <View className="mycases__head">
        <Text className="mycases__matter">{found.matter}</Text>
        <Tag tone={caseTone(found.state, found.word)}>{found.word}</Tag>
      </View>
      <Text className="mycases__tip">{found.tip}</Text>
      <Text className="mycases__note">{`${sayInstant(found.submittedAt)} 提交`}</Text>
    </Pressable>
  );
}
