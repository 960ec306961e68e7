import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type {
  DraftView,
  FileView,
  TypedDelivery,
} from '../../../../../server/areas/applications/contract.ts';
import { type FormDefinition, fieldsIn } from '../../../../../server/areas/applications/forms/definition.ts';
import { materialsFor } from '../../../../../server/areas/applications/forms/validate.ts';
import { Alert } from '../../../ui/Alert.tsx';
import { Card, Section } from '../../../ui/Card.tsx';
import { Fact } from '../../../ui/Fact.tsx';
import { Choices } from '../fields/Choose.tsx';
import { asText, TextBox } from '../fields/TextBox.tsx';
import { sayAnswer } from '../sayAnswer.ts';
import './index.scss';

const ways = { pickUp: '到窗口自取', post: '邮寄给我' } as const;
const postParts = [
  ['name', '收件人', 'text'],
  ['phone', '手机号', 'number'],
  ['text', '收件地址', 'text'],
] as const;

/** Everything once more before it goes out, and how the result comes back. */
export function Confirm(props: {
  form: FormDefinition;
  draft: DraftView;
  values: Readonly<Record<string, unknown>>;
  files: readonly FileView[];
  errors: Readonly<Record<string, string>>;
  onDelivery: (delivery: TypedDelivery) => void;
  onStep: (step: number) => void;
}): ReactNode {
  const { form, draft, values, files, errors, onDelivery, onStep } = props;
  const facts = { answers: values, situation: draft.situation };
  const delivery = draft.delivery ?? (form.delivery.includes('pickUp') ? { way: 'pickUp' as const } : null);
  const open = Object.keys(errors).filter((path) => path !== 'delivery');
  return (
    <>
      {open.length > 0 && (
        <Alert
          tone="warn"
          text={`还有 ${open.length} 处没填好，填好后才能提交`}
          action="回去填"
          onAction={() => onStep(2)}
        />
      )}
      <Section title="填写的内容" more="修改" onMore={() => onStep(2)}>
        <Card>
          {form.situations.map(({ code, title, options }) => (
            <Fact key={code} name={title}>
              {options.find((each) => each.code === draft.situation[code])?.title ?? '未选'}
            </Fact>
          ))}
          {fieldsIn(form)
            .filter((field) => field.key in values)
            .map((field) => (
              <Fact key={field.key} name={field.label}>
                {sayAnswer(field, values[field.key])}
              </Fact>
            ))}
        </Card>
      </Section>
      <Section title="材料" more="修改" onMore={() => onStep(3)}>
        <Card>
          {materialsFor(form, facts).map(({ seq, name }) => {
            const choice = draft.materials[seq];
            const count =
              choice?.way === 'files'
                ? choice.files.filter((id) => files.some((file) => file.id === id)).length
                : 0;
            const words =
              choice?.way === 'licence'
                ? `电子证照：${choice.name}`
                : count > 0
                  ? `${count} 个文件`
                  : '以后补交或不交';
            return (
              <Fact key={seq} name={name}>
                {words}
              </Fact>
            );
          })}
        </Card>
      </Section>
      <Section title="结果怎么给您">
        <Card>
          <View className="apply__pad">
            <Choices
              id="delivery"
              options={form.delivery.map((way) => ({ code: way, label: ways[way] }))}
              chosen={delivery ? [delivery.way] : []}
              onPick={(way) =>
                onDelivery(way === 'post' ? { way, name: '', phone: '', text: '' } : { way: 'pickUp' })
              }
            />
            {delivery?.way === 'post' && (
              <View className="apply__post">
                {postParts.map(([key, label, type]) => (
                  <TextBox
                    key={key}
                    id={`delivery-${key}`}
                    label={label}
                    hint={label}
                    type={type}
                    value={asText(delivery[key])}
                    longest={100}
                    onChange={(typed) => onDelivery({ ...delivery, [key]: typed })}
                  />
                ))}
              </View>
            )}
            {errors['delivery'] && <Text className="field__error">{errors['delivery']}</Text>}
          </View>
        </Card>
      </Section>
    </>
  );
}
