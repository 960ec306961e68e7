import { Text, View } from '@tarojs/components';
import { type ReactNode, useMemo, useState } from 'react';
import type { DraftView, PrefillAnswer } from '../../../../../server/areas/applications/contract.ts';
import { readForm } from '../../../../../server/areas/applications/forms/definition.ts';
import { isEmpty } from '../../../../../server/areas/applications/forms/kind.ts';
import {
  materialsFor,
  shownFields,
  validateForm,
} from '../../../../../server/areas/applications/forms/validate.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { prefill, submitDraft } from '../../../api/applications.ts';
import { replace, scrollToTop } from '../../../platform/navigation.ts';
import { hallDay } from '../../../state/hallTime.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Steps } from '../../../ui/Steps.tsx';
import { Choices } from '../fields/Choose.tsx';
import { FieldRow } from '../fields/FieldRow.tsx';
import { type DraftInHand, useDraft } from '../useDraft.ts';
import { Confirm } from './Confirm.tsx';
import { Conflicts } from './Conflicts.tsx';
import { Materials } from './Materials.tsx';
import './index.scss';

const steps = ['选情况', '填表', '传材料', '核对提交'] as const;
const saveWords = {
  saved: '已保存',
  saving: '正在保存…',
  offline: '没有网络，已存在手机里，连上后自动保存',
} as const;

/** A draft in hand, step by step. Each step shows what is wrong with it only once one wants to go on. */
export function Filling(props: { start: DraftView }): ReactNode {
  const hand = useDraft(props.start);
  const { draft, saving } = hand;
  const form = useMemo(() => readForm(draft.form), [draft.form]);
  const first = form.situations.length > 0 ? 1 : 2;
  const [step, setStep] = useState(first);
  const [shown, setShown] = useState(false);
  const [licences, setLicences] = useState<PrefillAnswer['licences']>([]);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [serverErrors, setServerErrors] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const today = hallDay();
  const facts = { answers: draft.answers, situation: draft.situation };
  const verdict = validateForm(form, facts, { today });
  const visible = shownFields(form, facts, today);
  const missing = missingPapers(form, { ...facts, answers: verdict.values }, hand);
  const errors = { ...serverErrors, ...verdict.errors, ...missing };
  const wrongAt = (which: number): string[] =>
    Object.keys(errors).filter(
      (path) =>
        stepOf(
          path,
          form.materials.map((each) => each.seq),
        ) === which,
    );

  const go = (to: number): void => {
    setStep(to);
    setShown(false);
    setRefused(null);
    scrollToTop();
  };
  const next = (): void => {
    if (wrongAt(step).length > 0) {
      setShown(true);
      scrollToTop();
    } else go(step + 1);
  };
  const submit = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      const made = await submitDraft(draft.id, await hand.flush());
      await replace(`packages/apply/done/index?id=${made.id}`);
    } catch (thrown) {
      const error = asApiError(thrown);
      setRefused(error);
      setServerErrors((error.details['errors'] as Record<string, string> | undefined) ?? {});
      if (error.id === 'applications.form_changed' || error.id === 'applications.draft_changed')
        await replace(`packages/apply/form/index?draft=${draft.id}`);
    } finally {
      setBusy(false);
    }
  };
  const count = wrongAt(step).length;
  const foot = (
    <View className="apply__foot">
      {step > first && (
        <View className="apply__back">
          <Button id="back-step" kind="plain" disabled={busy} onPress={() => go(step - 1)}>
            上一步
          </Button>
        </View>
      )}
      <View className="apply__next">
        {step < 4 ? (
          <Button id="next-step" onPress={next}>
            下一步
          </Button>
        ) : (
          <Button
            id="submit"
            busy={busy}
            disabled={busy || Object.keys({ ...verdict.errors, ...missing }).length > 0}
            onPress={() => void submit()}
          >
            确认提交
          </Button>
        )}
      </View>
    </View>
  );
  const place = {
    draftId: draft.id,
    files: hand.files,
    licences,
    onFile: hand.addFile,
    values: verdict.values,
    today,
  };
  return (
    <PageShell title={draft.matter.name} id="apply" foot={foot}>
      <Steps names={steps.slice(first - 1)} current={step - first + 1} />
      <View className="apply__saved" aria-live="polite">
        <Text id="save-state">{saveWords[saving]}</Text>
      </View>
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      {shown && count > 0 && <Alert tone="warn" text={`还有 ${count} 处没填好，已在下面标出`} />}
      <Conflicts hand={hand} form={form} />
      {step === 1 && (
        <>
          <Heading title="先选您的情况" note="不同情况要的材料不一样" />
          {form.situations.map(({ code, title, options }) => (
            <Section key={code} title={title}>
              <Card>
                <View className="apply__pad">
                  <Choices
                    id={`situation-${code}`}
                    options={options.map((each) => ({ code: each.code, label: each.title }))}
                    chosen={[draft.situation[code] ?? '']}
                    onPick={(option) => hand.change({ situation: { [code]: option } })}
                  />
                  {shown && errors[`situation.${code}`] && (
                    <Text className="field__error">{errors[`situation.${code}`]}</Text>
                  )}
                </View>
              </Card>
            </Section>
          ))}
        </>
      )}
      {step === 2 && (
        <>
          <Prefill hand={hand} onLicences={setLicences} onRefused={setRefused} />
          {form.sections.map((section) => {
            const fields = section.fields.filter(({ key }) => visible.has(key));
            if (fields.length === 0) return null;
            return (
              <Section key={section.id} title={section.title}>
                <Card>
                  {fields.map((field) => {
                    const error = shown ? errors[field.key] : undefined;
                    return (
                      <FieldRow
                        key={field.key}
                        field={field}
                        value={draft.answers[field.key]}
                        onChange={(value) => hand.change({ answers: { [field.key]: value ?? null } })}
                        place={place}
                        inner={shown ? innerOf(errors, field.key) : {}}
                        {...(error === undefined ? {} : { error })}
                      />
                    );
                  })}
                </Card>
              </Section>
            );
          })}
        </>
      )}
      {step === 3 && (
        <Materials
          materials={materialsFor(form, { ...facts, answers: verdict.values })}
          chosen={draft.materials}
          errors={shown ? errors : {}}
          place={place}
          onChange={(seq, choice) => hand.change({ materials: { [seq]: choice } })}
        />
      )}
      {step === 4 && (
        <Confirm
          form={form}
          draft={draft}
          values={verdict.values}
          files={hand.files}
          errors={errors}
          onDelivery={(delivery) => hand.change({ delivery })}
          onStep={go}
        />
      )}
    </PageShell>
  );
}

/** The person lets us fill in what the government knows already. */
function Prefill(props: {
  hand: DraftInHand;
  onLicences: (licences: PrefillAnswer['licences']) => void;
  onRefused: (error: ApiError) => void;
}): ReactNode {
  const { hand, onLicences, onRefused } = props;
  const [state, setState] = useState<'ask' | 'busy' | 'done'>('ask');
  const [down, setDown] = useState(false);
  if (state === 'done')
    return down ? <Alert tone="warn" text="电子证照暂时查不到，可以先手填或上传照片。" /> : null;
  const run = async (): Promise<void> => {
    setState('busy');
    try {
      await hand.flush();
      const found = await prefill(hand.draft.id);
      const fresh = Object.fromEntries(
        Object.entries(found.answers).filter(([key]) => isEmpty(hand.draft.answers[key])),
      );
      if (Object.keys(fresh).length > 0) hand.change({ answers: fresh });
      onLicences(found.licences);
      setDown(found.licencesDown);
      setState('done');
    } catch (thrown) {
      onRefused(asApiError(thrown));
      setState('ask');
    }
  };
  return (
    <View className="apply__prefill">
      <Text className="apply__consent">
        同意后，用您的实名信息和电子证照自动填好一部分，只用于这次申办，不另外保存。
      </Text>
      <Button id="prefill" kind="quiet" size="small" busy={state === 'busy'} onPress={() => void run()}>
        同意并自动填
      </Button>
    </View>
  );
}

type Form = ReturnType<typeof readForm>;

function missingPapers(
  form: Form,
  facts: Parameters<typeof materialsFor>[1],
  hand: DraftInHand,
): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const { seq, need, name } of materialsFor(form, facts)) {
    const choice = hand.draft.materials[seq];
    const none = !choice || (choice.way === 'files' && choice.files.length === 0);
    if (need === 'required' && none) missing[seq] = `请上传${name}`;
  }
  return missing;
}

function stepOf(path: string, materials: readonly string[]): number {
  if (path.startsWith('situation.')) return 1;
  if (path === 'delivery' || path === 'files') return 4;
  return materials.includes(path) ? 3 : 2;
}

function innerOf(errors: Readonly<Record<string, string>>, key: string): Record<string, string> {
  const head = `${key}.`;
  return Object.fromEntries(
    Object.entries(errors).flatMap(([path, text]) =>
      path.startsWith(head) ? [[path.slice(head.length), text]] : [],
    ),
  );
}
