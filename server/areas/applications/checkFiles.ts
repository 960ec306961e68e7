import type { StoredFile } from '../attachments/model.ts';
import { maxFiles } from '../attachments/rules.ts';
import type { MaterialChoice } from './contract.ts';
import type { Facts } from './forms/condition.ts';
import { type FormDefinition, fieldsIn } from './forms/definition.ts';
import { materialsFor } from './forms/validate.ts';

const fileProblem = (file: StoredFile | undefined, slot: string): string | null => {
  if (!file || file.slot !== slot || file.state === 'uploading') return '文件没有传完，请重新上传';
  if (file.state === 'scanning') return '文件还在安全检查，请稍等片刻再提交';
  return file.state === 'infected' ? '文件没有通过安全检查，请换一个' : null;
};

export interface FilesVerdict {
  /** By material seq or field key. */
  readonly errors: Readonly<Record<string, string>>;
  readonly materials: Readonly<Record<string, MaterialChoice>>;
  /** All files that go with the case. */
  readonly used: readonly StoredFile[];
}

/** Whether all papers are there that the situation asks for, whole and clean. `only`: the materials open in a correction. */
export function checkFiles(
  form: FormDefinition,
  facts: Facts,
  given: Readonly<Record<string, MaterialChoice>>,
  uploaded: readonly StoredFile[],
  only?: readonly string[],
): FilesVerdict {
  const errors: Record<string, string> = {};
  const materials: Record<string, MaterialChoice> = {};
  const used = new Map<string, StoredFile>();
  const byId = new Map(uploaded.map((file) => [file._id, file]));
  const look = (ids: readonly string[], slot: string): void => {
    for (const id of ids) {
      const file = byId.get(id);
      const problem = fileProblem(file, slot);
      if (problem) errors[slot] = problem;
      else if (file) used.set(id, file);
    }
  };
  for (const material of materialsFor(form, facts)) {
    const { seq, name } = material;
    if (only && !only.includes(seq)) continue;
    const choice = given[seq];
    if (!choice || (choice.way === 'files' && choice.files.length === 0)) {
      if (material.need === 'required' || only) errors[seq] = `请上传${name}`;
      else if (material.need === 'later') materials[seq] = { way: 'later' }; // 容缺: the office has to know that it follows
      continue;
    }
    if (choice.way === 'later' && (material.need !== 'later' || only)) errors[seq] = `请上传${name}`;
    if (choice.way === 'licence' && material.licenceType === null) errors[seq] = `${name}不能用电子证照代替`;
    if (choice.way === 'files') {
      if (choice.files.length > material.maxFiles) errors[seq] = `最多 ${material.maxFiles} 个文件`;
      look(choice.files, seq);
    }
    materials[seq] = choice;
  }
  for (const field of fieldsIn(form)) {
    const value = field.kind === 'attachment' ? facts.answers[field.key] : undefined;
    if (Array.isArray(value)) look(value as string[], field.key);
  }
  if (used.size > maxFiles) errors['files'] = `一次最多提交 ${maxFiles} 个文件`;
  return { errors, materials, used: [...used.values()] };
}
