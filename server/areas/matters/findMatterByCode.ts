import { matterOf } from './findMatter.ts';
import { type Matter, MatterModel } from './model.ts';

/** One matter by the province's 31-digit code, as other systems name it; null: not one of ours. */
export async function findMatterByCode(code: string): Promise<Matter | null> {
  const stored = await MatterModel.findOne({ code }).lean<Parameters<typeof matterOf>[0]>();
  return stored && matterOf(stored);
}
