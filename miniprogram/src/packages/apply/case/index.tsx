import { Input, Text, View } from '@tarojs/components';
import { type ReactNode, useEffect, useState } from 'react';
import type { CaseView } from '../../../../../server/areas/applications/contract.ts';
import { fieldsIn, readForm } from '../../../../../server/areas/applications/forms/definition.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { loadCase, submitAgain, withdraw } from '../../../api/applications.ts';
import { openDocument } from '../../../platform/documents';
import { say } from '../../../platform/gestures.ts';
import { endPullDown, usePullDown, useQuery, useShown } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { sayInstant } from '../../../state/when.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { caseTone } from '../caseTone.ts';
import { sayAnswer } from '../sayAnswer.ts';
import { Timeline } from './Timeline.tsx';
import './index.scss';

/** A case: where it stands, what it wants of me, the way so far, the result, and what I handed in. */
export default function CasePage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, () => loadCase(id));
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const found = load.state.status === 'ready' ? load.state.data : null;
  const moving = found?.state === 'sending';
  const { reload } = load;
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => void reload(), 2000);
    return () => clearInterval(timer);
  }, [moving, reload]);
  useShown(() => {
    if (load.state.status !== 'loading') void reload();
  });
  usePullDown(() => void reload().finally(endPullDown));

  const act = async (work: () => Promise<CaseView>): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      load.set(await work());
    } catch (thrown) {
      setRefused(asApiError(thrown));
    } finally {
      setBusy(false);
      setLeaving(false);
    }
  };
  const openCorrection = found?.correction && !found.correction.sent;
  const foot = openCorrection ? (
    <Button id="correct" onPress={() => void open(`packages/apply/correct/index?id=${id}`)}>
      去补正
    </Button>
  ) : found?.state === 'toConfirm' ? (
    <Button id="submit-again" busy={busy} onPress={() => void act(() => submitAgain(id))}>
      确认提交
    </Button>
  ) : undefined;
  return (
    <PageShell title="办件详情" id="case" foot={foot}>
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <Loaded load={load} rows={5}>
        {(view) => <Case view={view} onWithdraw={() => setLeaving(true)} />}
      </Loaded>
      {leaving && (
        <Sheet
          title="撤回申请"
          action="撤回"
          leave="先不撤回"
          danger
          busy={busy}
          onAction={() =>
            reason.trim().length < 2 ? say('请写一下为什么撤回') : void act(() => withdraw(id, reason.trim()))
          }
          onLeave={() => setLeaving(false)}
        >
          <Text>撤回后这次申请就结束了，要办得重新提交。</Text>
          <View className="case__reason">
            <Input
              id="withdraw-reason"
              className="case__input"
              value={reason}
              maxlength={100}
              placeholder="为什么撤回，如 暂时不办了"
              placeholderClass="case__hint"
              aria-label="撤回原因"
              onInput={(event) => setReason(event.detail.value)}
            />
          </View>
        </Sheet>
      )}
    </PageShell>
  );
}

function Case(props: { view: CaseView; onWithdraw: () => void }): ReactNode {
  const { view, onWithdraw } = props;
  const form = readForm(view.form);
  const { correction, result } = view;
  return (
    <>
      <View className="case__head">
        <Text className="case__matter">{`${view.matter} · ${view.department}`}</Text>
        <Text className={`case__word case__word--${caseTone(view.state, view.word)}`} id="case-word">
          {view.word}
        </Text>
        <Text className="case__tip">{view.tip}</Text>
        {view.dueDay && <Text className="case__tip">{`承诺 ${sayDay(view.dueDay)} 前办好`}</Text>}
        {view.paused && <Text className="case__tip">办理时限暂停计算</Text>}
      </View>
      {view.problem && <Alert tone="warn" text={view.problem} />}
      {correction && (
        <Alert
          tone="warn"
          text={`${correction.reason ?? '有内容需要补正'}${correction.until ? `，请在 ${sayDay(correction.until)} 前补正` : ''}`}
        />
      )}
      {result && (
        <Section title="办理结果">
          <Card>
            {result.words && <Fact name="结果">{result.words}</Fact>}
            {result.certificateNumber && <Fact name="证号">{result.certificateNumber}</Fact>}
            {result.licenceCode && (
              <Fact name="电子证照">
                <Text className="case__code" userSelect>
                  {result.licenceCode}
                </Text>
              </Fact>
            )}
            {result.trackingNumber && <Fact name="快递单号">{result.trackingNumber}</Fact>}
            {result.documents.map((document) => (
              <Cell
                key={document.id}
                icon="copy"
                title={document.name}
                onPress={() =>
                  void openDocument(`/api/cases/${view.id}/documents/${document.id}`, document.name).then(
                    (done) => done === 'failed' && say('现在打不开，请稍后再试'),
                  )
                }
              />
            ))}
          </Card>
        </Section>
      )}
      <Section title="办到哪一步">
        <Card>
          <Timeline steps={view.timeline} />
        </Card>
      </Section>
      <Section title="办件信息">
        <Card>
          {view.caseNumber && (
            <Fact name="办件编号">
              <Text className="case__code" userSelect>
                {view.caseNumber}
              </Text>
            </Fact>
          )}
          {view.queryCode && <Fact name="查询密码">{view.queryCode}</Fact>}
          <Fact name="领取方式">{view.delivery?.way === 'post' ? '邮寄' : '窗口自取'}</Fact>
        </Card>
      </Section>
      <Section title="我提交的内容">
        <Card>
          {fieldsIn(form)
            .filter((field) => field.key in view.answers)
            .map((field) => (
              <Fact key={field.key} name={field.label}>
                {sayAnswer(field, view.answers[field.key])}
              </Fact>
            ))}
          {form.materials
            .filter(({ seq }) => view.materials[seq])
            .map(({ seq, name }) => {
              const choice = view.materials[seq];
              const files =
                choice?.way === 'files' ? view.files.filter((file) => choice.files.includes(file.id)) : [];
              return (
                <Fact key={seq} name={name}>
                  {choice?.way === 'licence'
                    ? `电子证照：${choice.name}`
                    : choice?.way === 'later'
                      ? '以后补交'
                      : `${files.length} 个文件`}
                </Fact>
              );
            })}
        </Card>
      </Section>
      {view.mayWithdraw && (
        <View className="case__leave">
          <Button id="withdraw" kind="plain" onPress={onWithdraw}>
            撤回申请
          </Button>
        </View>
      )}
    </>
  );
}

/** 「11月26日」 */
const sayDay = (day: string): string => sayInstant(`${day}T00:00:00+08:00`).split(' ').slice(0, 2).join(' ');
