import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { ProgressView } from '../../../../../server/areas/progress/contract.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { findProgress } from '../../../api/progress.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { FindByNumber } from '../../../ui/FindByNumber.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import './index.scss';

/** Where a case stands, whichever way it was handed in. The account leads here with `?number=`. */
export default function ProgressPage(): ReactNode {
  const given = useQuery('number').number;
  const [found, setFound] = useState<ProgressView | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const find = async (name: string, number: string): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      setFound(await findProgress(name, number));
    } catch (thrown) {
      setRefused(asApiError(thrown));
      setFound(null);
    } finally {
      setBusy(false);
    }
  };
  return (
    <PageShell title="办件进度" id="progress">
      <Heading title="查办件进度" note="网上、窗口、自助机交的都能查" />
      {refused && <Alert tone="bad" text={refused.message} reference={refused.reference} />}
      <FindByNumber
        id="progress"
        numberName="办件编号"
        numberHint="印在受理回执上"
        shortest={6}
        action="查进度"
        busy={busy}
        number={given ?? ''}
        onFind={(name, number) => void find(name, number)}
      />
      {found && <Found view={found} />}
    </PageShell>
  );
}

function Found(props: { view: ProgressView }): ReactNode {
  const { view } = props;
  const steps = [...view.steps].reverse();
  return (
    <>
      {view.asOf && <Alert tone="warn" text={`省里的系统暂时没有回应，这是 ${view.asOf} 的进度。`} />}
      <Section title={view.matter}>
        <Card>
          <Fact name="现在">
            <Text id="progress-state">{view.state}</Text>
          </Fact>
          <Fact name="申请人">{view.applicant}</Fact>
          <Fact name="办件编号">{view.number}</Fact>
          <Fact name="申请时间">{view.appliedAt}</Fact>
          {view.promisedDay && <Fact name="承诺办结">{view.promisedDay}</Fact>}
        </Card>
      </Section>
      {steps.length > 0 && (
        <Section title="经过">
          <Card>
            <View className="progress__steps">
              {steps.map((step, at) => (
                <View
                  className={`progress__step ${at === 0 ? 'progress__step--last' : ''}`}
                  key={`${step.name} ${step.at}`}
                >
                  <Text className="progress__name">{step.name}</Text>
                  <Text className="progress__at">{step.at}</Text>
                </View>
              ))}
            </View>
          </Card>
        </Section>
      )}
    </>
  );
}
