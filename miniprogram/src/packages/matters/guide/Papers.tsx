import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { MatterView } from '../../../../../server/areas/matters/contract.ts';
import { matterFile } from '../../../api/matters.ts';
import { documentVerb, openDocument } from '../../../platform/documents';
import { say } from '../../../platform/gestures.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';

type Material = MatterView['materials'][number];

/** Blank forms and samples of one material. */
export function Papers(props: { matter: string } & Pick<Material, 'blankForms' | 'samples'>): ReactNode {
  const papers = [
    ...props.blankForms.map((each) => ({ ...each, kind: '空白表' })),
    ...props.samples.map((each) => ({ ...each, kind: '样表' })),
  ];
  const [busy, setBusy] = useState<number | null>(null);
  if (papers.length === 0) return null;
  const press = async (file: number, name: string): Promise<void> => {
    if (busy !== null) return;
    setBusy(file);
    const done = await openDocument(matterFile(props.matter, file), name);
    setBusy(null);
    if (done === 'failed') say('这份表格现在取不到，请稍后再试，或到窗口领取');
  };
  return (
    <View className="guide__papers">
      {papers.map(({ file, name, kind }) => (
        <Pressable
          key={file}
          className="guide__paper"
          label={`${documentVerb}${name}的${kind}`}
          onPress={() => void press(file, name)}
        >
          <Icon name="guide" tone="primary" size="s" />
          <Text>{busy === file ? '正在取…' : `${documentVerb}${kind}`}</Text>
        </Pressable>
      ))}
    </View>
  );
}
