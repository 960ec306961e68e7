import type { FileView } from '../applications/contract.ts';
import { linkTo } from './links.ts';
import type { StoredFile } from './model.ts';
import type { FilesRoom } from './room.ts';
import { partSize } from './rules.ts';

const labels = {
  uploading: '上传中',
  scanning: '安全检查中',
  clean: '已上传',
  infected: '未通过安全检查',
} as const;

export const presentFile = (room: FilesRoom, file: StoredFile, parts: readonly number[] = []): FileView => ({
  ...{ id: file._id, slot: file.slot, name: file.name, size: file.size, mime: file.mime, state: file.state },
  stateLabel: labels[file.state],
  parts: [...parts],
  partSize,
  link: linkTo(room, file),
});
