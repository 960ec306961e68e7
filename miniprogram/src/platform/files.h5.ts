/** A file the person chose, whole in memory: at most 5 MB after pictures were made smaller. */
export interface ChosenFile {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

/** Pictures straight from the camera or album, made smaller; or a PDF as it is. Empty when the person left. */
export function chooseFiles(kind: 'picture' | 'document', most: number): Promise<ChosenFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = kind === 'picture' ? 'image/jpeg,image/png' : 'application/pdf,.ofd';
    input.multiple = most > 1;
    input.style.display = 'none';
    input.id = 'file-chooser';
    const done = (files: readonly File[]): void => {
      input.remove();
      resolve(Promise.all(files.slice(0, most).map(read)));
    };
    input.addEventListener('change', () => done([...(input.files ?? [])]));
    input.addEventListener('cancel', () => done([]));
    document.body.append(input);
    input.click();
  });
}

async function read(file: File): Promise<ChosenFile> {
  const small = file.type.startsWith('image/') ? await compress(file) : file;
  return { name: file.name, bytes: await small.arrayBuffer() };
}

/** Sends raw bytes; answers the status. Throws when the network did not carry it. */
export async function putBytes(
  url: string,
  headers: Record<string, string>,
  bytes: ArrayBuffer,
): Promise<number> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: bytes,
  });
  return response.status;
}

const longest = 2000;

/** Straightens a picture by its EXIF turn and makes it at most 2000 wide or high, as JPEG. What cannot be read goes as it is. */
async function compress(file: File): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}
