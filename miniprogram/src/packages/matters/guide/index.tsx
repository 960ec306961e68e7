import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { MatterView } from '../../../../../server/areas/matters/contract.ts';
import { loadOffered } from '../../../api/applications.ts';
import { loadMatter } from '../../../api/matters.ts';
import { call } from '../../../platform/gestures.ts';
import { useQuery } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Materials } from '../../../ui/Materials.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';
import { Papers } from './Papers.tsx';
import { Proofs } from './Proofs.tsx';
import { SourceNote } from './SourceNote.tsx';
import { Useful } from './Useful.tsx';
import './index.scss';

/** Guide of a matter: what to bring, where, how long, what it costs; and booking at the foot. */
export default function GuidePage(): ReactNode {
  const { id } = useQuery('id');
  const load = useLoad(id, () => loadMatter(id));
  const matter = load.state.status === 'ready' ? load.state.data : null;
  const offered = useLoad(`${id}/offered`, () => loadOffered(id));
  const online = offered.state.status === 'ready' && offered.state.data.available;
  const foot =
    matter && (matter.bookable || online) ? (
      <View className="guide__foot">
        {matter.bookable && (
          <View className="guide__way">
            <Button
              id="book"
              kind={online ? 'quiet' : 'primary'}
              onPress={() => void open(`packages/booking/choose/index?matter=${matter.id}`)}
            >
              预约办理
            </Button>
          </View>
        )}
        {online && (
          <View className="guide__way">
            <Button id="apply" onPress={() => void open(`packages/apply/form/index?matter=${matter.id}`)}>
              在线申办
            </Button>
          </View>
        )}
      </View>
    ) : undefined;
  return (
    <PageShell title="办事指南" id="guide" foot={foot}>
      <Loaded load={load}>{(found) => <Guide matter={found} />}</Loaded>
    </PageShell>
  );
}

function Guide(props: { matter: MatterView }): ReactNode {
  const { matter } = props;
  const { phone } = matter;
  const spared = new Set(matter.proofs.flatMap(({ replaces }) => replaces));
  return (
    <>
      <Heading title={matter.name} note={`${matter.department} · ${audienceWords(matter.audiences)}`} />
      <SourceNote source={matter.source} phone={phone} />
      <View className="guide__figures">
        <View className="guide__figure">
          <Text className="guide__number">{matter.promisedTime}</Text>
          <Text className="guide__caption">多久办好</Text>
        </View>
        <View className="guide__figure">
          <Text className="guide__number">{matter.feeLabel}</Text>
          <Text className="guide__caption">费用</Text>
        </View>
        <View className="guide__figure">
          <Text className="guide__number">{`约 ${matter.minutes} 分钟`}</Text>
          <Text className="guide__caption">窗口办理</Text>
        </View>
      </View>
      <Section title="要带的材料">
        <Card>
          <Materials
            items={matter.materials}
            spared={spared}
            under={(item) =>
              !spared.has(item.name) && (
                <Papers matter={matter.id} blankForms={item.blankForms} samples={item.samples} />
              )
            }
          />
        </Card>
        {matter.proofs.length > 0 && <Proofs proofs={matter.proofs} />}
      </Section>
      {matter.conditions.length > 0 && (
        <Section title="什么人可以办">
          <Card>
            <View className="guide__lines">
              {matter.conditions.map((line) => (
                <Text className="guide__line" key={line}>
                  {line}
                </Text>
              ))}
            </View>
          </Card>
        </Section>
      )}
      {matter.steps.length > 0 && (
        <Section title="怎么办">
          <Card>
            <View className="guide__steps">
              {matter.steps.map((step, at) => (
                <View className="guide__step" key={step.name}>
                  <Text className="guide__stepno">{at + 1}</Text>
                  <View className="guide__stepmain">
                    <Text className="guide__stepname">{step.name}</Text>
                    <Text className="guide__steptext">{step.text}</Text>
                  </View>
                </View>
              ))}
            </View>
          </Card>
        </Section>
      )}
      <Where halls={matter.halls} openingHours={matter.openingHours} />
      {matter.fees.length > 0 && (
        <Section title="收费">
          <Card>
            {matter.fees.map(({ name, standard, law }) => (
              <Cell key={name} title={name} note={law} value={standard} />
            ))}
          </Card>
        </Section>
      )}
      {matter.questions.length > 0 && (
        <Section title="常见问题">
          <Card>
            {matter.questions.map((each) => (
              <Question key={each.question} {...each} />
            ))}
          </Card>
        </Section>
      )}
      {matter.bundles.length > 0 && (
        <Section title="一件事一次办">
          <Card>
            {matter.bundles.map(({ id, name }) => (
              <Cell
                key={id}
                icon="route"
                title={name}
                note="看看前后还要办什么"
                onPress={() => void open(`packages/matters/bundle/index?id=${id}`)}
              />
            ))}
          </Card>
        </Section>
      )}
      <Section title="事项信息">
        <Card>
          <Fact name="事项类型">{matter.typeLabel}</Fact>
          <Fact name="法定时限">{matter.legalTime}</Fact>
          <Fact name="承诺时限">{matter.promisedTime}</Fact>
          <Fact name="实施编码">
            <Text className="guide__code">{matter.code}</Text>
          </Fact>
          {matter.laws.length > 0 && (
            <Fact name="依据">
              {matter.laws.map((law) => (
                <Text className="guide__law" key={law}>
                  {law}
                </Text>
              ))}
            </Fact>
          )}
          {phone && <Cell icon="phone" title="咨询电话" value={phone} onPress={() => void call(phone)} />}
        </Card>
      </Section>
      <Useful matter={matter.id} />
    </>
  );
}

const shownAtFirst = 4;

function Where(props: Pick<MatterView, 'halls' | 'openingHours'>): ReactNode {
  const [all, setAll] = useState(false);
  const { halls, openingHours } = props;
  if (halls.length === 0) {
    return (
      <Section title="去哪里办">
        <Card>
          <Text className="guide__nowhere">
            {`本区大厅还没有安排这个事项的窗口，去之前请先打电话问清楚。${openingHours ? `部门办公时间：${openingHours}` : ''}`}
          </Text>
        </Card>
      </Section>
    );
  }
  const shown = all ? halls : halls.slice(0, shownAtFirst);
  return (
    <Section title="去哪里办">
      <Card>
        {shown.map((hall) => (
          <Cell
            key={hall.id}
            icon="pin"
            title={hall.name}
            note={
              <>
                <Text className="guide__place">{placeWords(hall)}</Text>
                {hall.hours.map((line) => (
                  <Text className="guide__place" key={line}>
                    {line}
                  </Text>
                ))}
              </>
            }
            onPress={() => void open(`packages/halls/detail/index?id=${hall.id}`)}
          />
        ))}
        {!all && halls.length > shownAtFirst && (
          <Pressable className="guide__all" onPress={() => setAll(true)}>
            <Text>{`展开全部 ${halls.length} 个地点`}</Text>
          </Pressable>
        )}
      </Card>
    </Section>
  );
}

/** 「A 区 · 1、2、3 号窗口 · 可预约」 */
function placeWords(hall: MatterView['halls'][number]): string {
  const { windows } = hall;
  const numbers =
    windows.length > 4
      ? `${windows[0]} 等 ${windows.length} 个窗口`
      : windows.length > 0
        ? `${windows.join('、')} 号窗口`
        : null;
  return [hall.zone, numbers, hall.bookable ? '可预约' : '现场取号'].filter(Boolean).join(' · ');
}

const audienceWords = (audiences: MatterView['audiences']): string =>
  audiences.map((each) => (each === 'personal' ? '个人' : '法人')).join('、');

function Question(props: { question: string; answer: string }): ReactNode {
  const [shown, setShown] = useState(false);
  return (
    <View className="guide__question">
      <Pressable
        className="guide__ask"
        label={props.question}
        selected={shown}
        onPress={() => setShown(!shown)}
      >
        <Text className="guide__asktext">{props.question}</Text>
        <View className={`guide__turn ${shown ? 'guide__turn--open' : ''}`}>
          <Icon name="chevron" tone="ink-3" size="s" />
        </View>
      </Pressable>
      {shown && <Text className="guide__answer">{props.answer}</Text>}
    </View>
  );
}
