import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { BundleView } from '../../../../../server/areas/matters/contract.ts';
import { loadBundle } from '../../../api/matters.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Card, Section } from '../../../ui/Card.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { guideOf } from '../../../ui/MatterList.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';
import './index.scss';

/** One life event: what to do in which order, and everything to bring once. */
export default function BundlePage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, () => loadBundle(id));
  return (
    <PageShell title="一件事一次办" id="bundle">
      <Loaded load={load}>{(bundle) => <Event bundle={bundle} />}</Loaded>
    </PageShell>
  );
}

function Event(props: { bundle: BundleView }): ReactNode {
  const { bundle } = props;
  const always = bundle.steps.filter(({ condition }) => condition === null);
  const maybe = bundle.steps.filter(({ condition }) => condition !== null);
  return (
    <>
      <Heading title={bundle.name} note={bundle.when} />
      <Section title="按顺序办">
        <Card>
          {always.map((step, at) => (
            <Step key={step.matter.id} step={step} mark={String(at + 1)} />
          ))}
        </Card>
      </Section>
      {maybe.length > 0 && (
        <Section title="有这些情况的，还要办">
          <Card>
            {maybe.map((step) => (
              <Step key={step.matter.id} step={step} mark="+" />
            ))}
          </Card>
        </Section>
      )}
      {bundle.materials.length > 0 && (
        <Section title="材料清单" note="同一样只带一次">
          <Card>
            <View className="bundle__materials">
              {bundle.materials.map((material) => (
                <View className="bundle__material" key={material.name}>
                  <Text className="bundle__name">{material.name}</Text>
                  <Text className="bundle__for">
                    {[material.note, `用于 ${material.for.join('、')}`].filter(Boolean).join(' · ')}
                  </Text>
                </View>
              ))}
            </View>
          </Card>
        </Section>
      )}
    </>
  );
}

function Step(props: { step: BundleView['steps'][number]; mark: string }): ReactNode {
  const { title, note, condition, matter } = props.step;
  return (
    <Pressable
      className="bundle__step"
      role="link"
      label={`${title}：${matter.name}`}
      onPress={() => void open(guideOf(matter))}
    >
      <Text className="bundle__mark">{props.mark}</Text>
      <View className="bundle__main">
        <Text className="bundle__name">{title}</Text>
        {condition && <Text className="bundle__condition">{condition}</Text>}
        <Text className="bundle__for">{[note, matter.name].filter(Boolean).join(' · ')}</Text>
        <Text className="bundle__for">{`${matter.timeLabel} · ${matter.feeLabel}`}</Text>
      </View>
      <Icon name="chevron" tone="ink-3" size="s" />
    </Pressable>
  );
}
