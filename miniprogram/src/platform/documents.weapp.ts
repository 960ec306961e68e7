import Taro from '@tarojs/taro';
import { apiBase, sessionHeaders } from './channel.weapp.ts';

export const documentVerb = '打开';

/** Kinds that WeChat's reader opens. */
const readable = ['doc', 'xls', 'ppt', 'pdf', 'docx', 'xlsx', 'pptx'] as const;
type Readable = (typeof readable)[number];
const pictures = ['jpg', 'jpeg', 'png'];

/** Fetches the paper and shows it in WeChat's reader, from where it can be passed on. */
export async function openDocument(address: string, _name: string): Promise<'opened' | 'failed'> {
  try {
    const got = await Taro.downloadFile({
      url: `${apiBase()}${address}`,
      header: sessionHeaders(), // some papers are the person's own
      timeout: 30_000,
    });
    if (got.statusCode !== 200) return 'failed';
    const ending = /\.([a-z]+)$/i.exec(got.tempFilePath)?.[1]?.toLowerCase() ?? '';
    if (pictures.includes(ending)) await Taro.previewImage({ urls: [got.tempFilePath] });
    else {
      const fileType = readable.find((each) => each === ending);
      await Taro.openDocument({
        filePath: got.tempFilePath,
        showMenu: true,
        ...(fileType && { fileType: fileType as Readable }),
      });
    }
    return 'opened';
  } catch {
    return 'failed';
  }
}
