import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { FileView } from '../../../../../server/areas/applications/contract.ts';
import { attachmentOptions } from '../../../../../server/areas/applications/forms/kinds/attachment.ts';
import { type ApiError, asApiError } from '../../../api/apiError.ts';
import { upload } from '../../../api/applications.ts';
import { openDocument } from '../../../platform/documents';
import { type ChosenFile, chooseFiles } from '../../../platform/files';
import { newId } from '../../../platform/newId.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';
import type { FieldRenderer, FormPlace } from './field.ts';
import './fields.scss';

interface Underway {
  readonly uploadId: string;
  readonly file: ChosenFile;
  readonly share: number;
  readonly error: ApiError | null;
}

/** Chosen files on their way and there; one that was cut goes on where it stopped. */
export function Upload(props: {
  id: string;
  slot: string;
  most: number;
  documents: boolean;
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
  place: Pick<FormPlace, 'draftId' | 'files' | 'onFile'>;
}): ReactNode {
  const { id, slot, most, documents, chosen, onChange, place } = props;
  const [underway, setUnderway] = useState<readonly Underway[]>([]);
  const here = chosen.flatMap((each) => place.files.find((file) => file.id === each) ?? []);
  const left = most - here.length - underway.length;

  const note = (uploadId: string, fresh: Partial<Underway>): void =>
    setUnderway((old) => old.map((each) => (each.uploadId === uploadId ? { ...each, ...fresh } : each)));
  const carry = async ({ uploadId, file }: Pick<Underway, 'uploadId' | 'file'>): Promise<FileView | null> => {
    note(uploadId, { error: null });
    try {
      const done = await upload({ draftId: place.draftId, slot, uploadId }, file, (share) =>
        note(uploadId, { share }),
      );
      setUnderway((old) => old.filter((each) => each.uploadId !== uploadId));
      place.onFile(done);
      return done;
    } catch (thrown) {
      note(uploadId, { error: asApiError(thrown) });
      return null;
    }
  };
  const add = async (kind: 'picture' | 'document'): Promise<void> => {
    const files = await chooseFiles(kind, left);
    const begun = files.slice(0, left).map((file) => ({ uploadId: newId(), file, share: 0, error: null }));
    setUnderway((old) => [...old, ...begun]);
    const done: string[] = [];
    for (const each of begun) {
      const file = await carry(each);
      if (file) done.push(file.id);
    }
    if (done.length > 0) onChange([...chosen, ...done]);
  };
  const again = async (each: Underway): Promise<void> => {
    const file = await carry(each);
    if (file) onChange([...chosen, file.id]);
  };
  return (
    <View className="field__stack" id={id}>
      {here.map((file) => (
        <View className="field__file" key={file.id}>
          <Pressable
            className="field__fileopen"
            label={`查看${file.name}`}
            onPress={() => void (file.link && openDocument(file.link, file.name))}
          >
            <Icon
              name={file.state === 'clean' ? 'check' : 'clock'}
              tone={file.state === 'clean' ? 'good' : 'warn'}
              size="s"
            />
            <View className="field__filemain">
              <Text className="field__filename">{file.name}</Text>
              <Text className="field__filenote">{`${file.stateLabel} · ${saySize(file.size)}`}</Text>
            </View>
          </Pressable>
          <Pressable
            className="field__remove"
            label={`删除${file.name}`}
            onPress={() => onChange(chosen.filter((each) => each !== file.id))}
          >
            <Text>删除</Text>
          </Pressable>
        </View>
      ))}
      {underway.map((each) => (
        <View className="field__file" key={each.uploadId}>
          <View className="field__filemain">
            <Text className="field__filename">{each.file.name}</Text>
            <Text className={each.error ? 'field__error' : 'field__filenote'}>
              {each.error ? each.error.message : `正在上传 ${Math.round(each.share * 100)}%`}
            </Text>
            <View className="field__bar">
              <View className="field__barfill" style={{ width: `${Math.round(each.share * 100)}%` }} />
            </View>
          </View>
          {each.error && (
            <Pressable
              className="field__remove"
              label={each.error.offline ? '继续上传' : '去掉'}
              onPress={() =>
                each.error?.offline
                  ? void again(each)
                  : setUnderway((old) => old.filter((one) => one !== each))
              }
            >
              <Text>{each.error.offline ? '继续' : '去掉'}</Text>
            </Pressable>
          )}
        </View>
      ))}
      {left > 0 && (
        <View className="field__uploads">
          <Button id={`${id}-picture`} kind="quiet" size="small" onPress={() => void add('picture')}>
            拍照或选照片
          </Button>
          {documents && (
            <Button id={`${id}-document`} kind="quiet" size="small" onPress={() => void add('document')}>
              选 PDF
            </Button>
          )}
        </View>
      )}
    </View>
  );
}

const saySize = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export const attachment: FieldRenderer = ({ field, value, onChange, place }) => {
  const { maxFiles, accept } = attachmentOptions.parse(field);
  return (
    <Upload
      id={`field-${field.key}`}
      slot={field.key}
      most={maxFiles}
      documents={accept.includes('pdf') || accept.includes('ofd')}
      chosen={Array.isArray(value) ? (value as string[]) : []}
      onChange={onChange}
      place={place}
    />
  );
};
