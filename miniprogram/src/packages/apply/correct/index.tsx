import { Text, View } from '@tarojs/components';
import { type ReactNode, useMemo, useState } from 'react';
import type {
  CaseView,
  FileView,
  MaterialChoice,
} from '../../../../../server/areas/applications/contract.ts';
import { fieldsIn, readForm } from '../../../../../server/areas/applications/forms/definition.ts';
import { validateForm } from '../../../../../server/areas/applications/forms/validate.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { correct, loadCase } from '../../../api/applications.ts';
import { say } from '../../../platform/gestures.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { goBack } from '../../../platform/navigation.ts';
import { hallDay } from '../../../state/hallTime.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { FieldRow } from '../fields/FieldRow.tsx';
import { Materials } from '../form/Materials.tsx';

/** 补正: only what the office named can be changed. */
export default function CorrectPage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, () => loadCase(id));
  const { state } = load;
  if (state.status === 'ready' && state.data.correction && !state.data.correction.sent)
    return <Mending view={state.data} />;
  return (
    <PageShell title="补正" id="correct-page">
      <Loaded load={load} rows={3}>
        {() => (
          <Empty
            icon="check"
            title="现在不用补正"
            note="最新进度在办件详情里"
            action="返回"
            onAction={() => void goBack()}
          />
        )}
      </Loaded>
    </PageShell>
  );
}

function Mending(props: { view: CaseView }): ReactNode {
  const { view } = props;
  const correction = view.correction!;
  const form = useMemo(() => readForm(view.form), [view.form]);
  const [answers, setAnswers] = useState(view.answers);
  const [materials, setMaterials] = useState<Record<string, MaterialChoice>>({});
  const [files, setFiles] = useState<readonly FileView[]>(view.files);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const today = hallDay();
  const facts = { answers, situation: view.situation };
  const verdict = validateForm(form, facts, { today, only: correction.fields });
  const papers = form.materials.filter(({ seq }) => correction.materials.includes(seq));
  const missing = Object.fromEntries(
    papers.flatMap(({ seq, name }) => {
      const choice = materials[seq];
      return !choice || (choice.way === 'files' && choice.files.length === 0)
        ? [[seq, `请重新上传${name}`]]
        : [];
    }),
  );
  const fromServer = (refused?.details['errors'] ?? {}) as Record<string, string>;
  const errors: Record<string, string> = { ...fromServer, ...verdict.errors, ...missing };
  const send = async (): Promise<void> => {
    if (Object.keys({ ...verdict.errors, ...missing }).length > 0) return setShown(true);
    setBusy(true);
    setRefused(null);
    try {
      const opened = Object.fromEntries(correction.fields.map((key) => [key, answers[key] ?? null]));
      await correct(view.id, { key: correction.key, answers: opened, materials });
      say('补正已送出');
      await goBack();
    } catch (thrown) {
      setRefused(asApiError(thrown));
      setShown(true);
    } finally {
      setBusy(false);
    }
  };
  const draftId = view.draftId;
  const onFile = (file: FileView): void => setFiles((old) => [...old, file]);
  const place = { draftId, files, licences: [], onFile, values: verdict.values, today };
  const foot = (
    <Button id="send-correction" busy={busy} onPress={() => void send()}>
      提交补正
    </Button>
  );
  const fields = fieldsIn(form).filter((field) => correction.fields.includes(field.key));
  return (
    <PageShell title="补正" id="correct-page" foot={foot}>
      <Heading title={view.matter} note={correction.reason ?? '请补充下面的内容'} />
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      {fields.length > 0 && (
        <Section title="要改的内容">
          <Card>
            {fields.map((field) => {
              const error = shown ? errors[field.key] : undefined;
              return (
                <FieldRow
                  key={field.key}
                  field={field}
                  value={answers[field.key]}
                  onChange={(value) => setAnswers((old) => ({ ...old, [field.key]: value ?? null }))}
                  place={place}
                  inner={{}}
                  {...(error === undefined ? {} : { error })}
                />
              );
            })}
          </Card>
        </Section>
      )}
      {papers.length > 0 && (
        <Materials
          materials={papers}
          chosen={materials}
          errors={shown ? errors : {}}
          place={place}
          onChange={(seq, choice) => setMaterials((old) => ({ ...old, [seq]: choice }))}
        />
      )}
      {fields.length === 0 && papers.length === 0 && (
        <View>
          <Text>部门没有指明要改哪一项，请按补正要求联系办理部门。</Text>
        </View>
      )}
    </PageShell>
  );
}
