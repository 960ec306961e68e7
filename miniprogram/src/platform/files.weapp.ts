import Taro from '@tarojs/taro';

export interface ChosenFile {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

/** Pictures from the camera or album, made smaller by WeChat; or a PDF out of a chat. Empty when the person left. */
export async function chooseFiles(kind: 'picture' | 'document', most: number): Promise<ChosenFile[]> {
  try {
    if (kind === 'document') {
      const { tempFiles } = await Taro.chooseMessageFile({
        count: most,
        type: 'file',
        extension: ['pdf', 'ofd'],
      });
      return await Promise.all(tempFiles.map(async ({ name, path }) => ({ name, bytes: await read(path) })));
    }
    const { tempFiles } = await Taro.chooseMedia({
      count: Math.min(most, 9),
      mediaType: ['image'],
      sizeType: ['original'],
    });
    return await Promise.all(
      tempFiles.map(async ({ tempFilePath }, at) => ({
        name: `照片${at + 1}.jpg`,
        bytes: await read(await smaller(tempFilePath)),
      })),
    );
  } catch (thrown) {
    if (/cancel/.test(String((thrown as { errMsg?: string } | null)?.errMsg ?? ''))) return [];
    throw thrown;
  }
}

/** At most 2000 wide or high; WeChat turns it upright by its EXIF. */
async function smaller(path: string): Promise<string> {
  try {
    const { width, height } = await Taro.getImageInfo({ src: path });
    const wide = width >= height;
    const { tempFilePath } = await Taro.compressImage({
      src: path,
      quality: 85,
      ...(wide ? { compressedWidth: Math.min(width, 2000) } : { compressedHeight: Math.min(height, 2000) }),
    });
    return tempFilePath;
  } catch {
    return path;
  }
}

function read(path: string): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    Taro.getFileSystemManager().readFile({
      filePath: path,
      success: ({ data }) => resolve(data as ArrayBuffer),
      fail: reject,
    });
  });
}

export async function putBytes(
  url: string,
  headers: Record<string, string>,
  bytes: ArrayBuffer,
): Promise<number> {
  const { statusCode } = await Taro.request({
    url,
    method: 'PUT',
    header: { ...headers, 'content-type': 'application/octet-stream' },
    data: bytes,
    timeout: 30_000,
  });
  return statusCode;
}
