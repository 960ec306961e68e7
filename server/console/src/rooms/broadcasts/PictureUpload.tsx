import { Button, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import { pictureAddress, uploadPicture } from '../../api/broadcasts.ts';
import type { ApiError } from '../../api/client.ts';
import { asApiError } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';

/** One picture: choose, see it, choose another. What it is and how large, the server checks. */
export function PictureUpload(props: {
  /** '' while there is none. */
  pictureId: string;
  onUploaded: (id: string) => void;
  testId: string;
  /** Instead of 「选择图片」. */
  label?: string;
  /** The picture is shown elsewhere. */
  bare?: boolean;
}): ReactNode {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const take = async (file: Blob): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      props.onUploaded((await uploadPicture(file)).id);
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  const chosen = props.pictureId !== '' && !props.bare;
  return (
    <div className="picture-upload">
      {chosen && <img src={pictureAddress(props.pictureId)} alt="已选的图片" />}
      <Upload
        accept=".jpg,.jpeg,.png"
        maxCount={1}
        showUploadList={false}
        data-testid={props.testId}
        beforeUpload={(file) => {
          void take(file);
          return false;
        }}
      >
        <Button loading={busy} size={props.bare ? 'small' : 'middle'}>
          {props.label ?? (chosen ? '换一张' : '选择图片')}
        </Button>
      </Upload>
      {!props.bare && <p className="field-note">JPG 或 PNG，不超过 2 MB。</p>}
      <Failure error={error} />
    </div>
  );
}
