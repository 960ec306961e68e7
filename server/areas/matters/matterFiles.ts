import type { DocumentKind, MatterDocument } from '../../government/items/port.ts';
import type { Matter, MatterAttachment } from './model.ts';

/** Every paper of a matter in one order, so that a number names it: of each material its blank forms, then its samples. */
export function filesOf(matter: Pick<Matter, 'materials'>): readonly MatterAttachment[] {
  return matter.materials.flatMap(({ blankForms = [], samples = [] }) => [...blankForms, ...samples]);
}

const kinds: Readonly<Record<DocumentKind, { type: string; ending: string }>> = {
  pdf: { type: 'application/pdf', ending: 'pdf' },
  word: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ending: 'docx',
  },
  excel: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: 'xlsx' },
  oldOffice: { type: 'application/msword', ending: 'doc' },
  jpeg: { type: 'image/jpeg', ending: 'jpg' },
  png: { type: 'image/png', ending: 'png' },
};

/** The head of the answer: what it really is, and a name that says so. */
export function headOf({ kind }: Pick<MatterDocument, 'kind'>, name: string): { type: string; file: string } {
  const { type, ending } = kinds[kind];
  const plain = name.replace(/\.[a-z]{2,5}$/i, '').replace(/[\\/:*?"<>|\r\n]/g, ' ');
  return { type, file: `${plain}.${ending}` };
}
