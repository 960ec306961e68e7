import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { MaterialChoice } from '../../../../../server/areas/applications/contract.ts';
import type { FormMaterial } from '../../../../../server/areas/applications/forms/definition.ts';
import { Card, Section } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Choices } from '../fields/Choose.tsx';
import type { FormPlace } from '../fields/field.ts';
import { Upload } from '../fields/Upload.tsx';
import './index.scss';

/** Each paper by photo, by file, by an e-licence in its place, or later where that is allowed. */
export function Materials(props: {
  materials: readonly FormMaterial[];
  chosen: Readonly<Record<string, MaterialChoice>>;
  errors: Readonly<Record<string, string>>;
  place: FormPlace;
  onChange: (seq: string, choice: MaterialChoice) => void;
}): ReactNode {
  const { materials, chosen, errors, place, onChange } = props;
  if (materials.length === 0)
    return <Empty icon="check" title="不用传材料" note="按您的情况，这件事不需要上传材料" />;
  return (
    <Section title="上传材料" note="拍清楚四角和文字，单个不超过 5 MB">
      <Card>
        {materials.map((material) => {
          const { seq, name, help, need, licenceType, accept } = material;
          const choice = chosen[seq];
          const licence = place.licences.find((each) => each.type === licenceType);
          const files = choice?.way === 'files' ? choice.files : [];
          const byLicence = choice?.way === 'licence';
          return (
            <View className={`field ${errors[seq] ? 'field--wrong' : ''}`} key={seq} id={`material-${seq}`}>
              <View className="field__head">
                <Text className="field__label">{name}</Text>
                {need !== 'required' && (
                  <Text className="field__optional">{need === 'later' ? '可以后补' : '选填'}</Text>
                )}
              </View>
              {help && <Text className="field__help">{help}</Text>}
              <View className="field__stack">
                {licence && (
                  <Choices
                    id={`licence-${seq}`}
                    options={[{ code: licence.code, label: `用电子证照“${licence.name}”，免交` }]}
                    chosen={byLicence ? [licence.code] : []}
                    several
                    onPick={() =>
                      onChange(
                        seq,
                        byLicence
                          ? { way: 'files', files: [] }
                          : { way: 'licence', code: licence.code, name: licence.name },
                      )
                    }
                  />
                )}
                {!byLicence && (
                  <Upload
                    id={`upload-${seq}`}
                    slot={seq}
                    most={material.maxFiles}
                    documents={accept.includes('pdf') || accept.includes('ofd')}
                    chosen={files}
                    onChange={(ids) => onChange(seq, { way: 'files', files: ids })}
                    place={place}
                  />
                )}
              </View>
              {errors[seq] && (
                <Text className="field__error" aria-role="alert">
                  {errors[seq]}
                </Text>
              )}
            </View>
          );
        })}
      </Card>
    </Section>
  );
}
