import { z } from 'zod';
import file from '../../../cloud-config/topics.json' with { type: 'json' };

const Table = z.strictObject({
  version: z.literal(1),
  other: z.string().min(2),
  topics: z.array(
    z.strictObject({
      name: z.string().min(2).max(8),
      departments: z.array(z.string().min(2)),
      words: z.array(z.string().min(2)),
    }),
  ),
});
const { topics, other } = Table.parse(file);

/** All topics, as staff choose among them. */
export const topicNames: readonly string[] = [...topics.map(({ name }) => name), other];

/** Where everything goes that fits nowhere; shown last. */
export const otherTopic = other;

/**
 * The topic (民生专题) a matter that is new to us begins with: the first whose word is in its name, else the first whose department
 * it is. The province delivers none; staff's own choice is never overwritten.
 */
export function topicOf({
  name,
  department,
}: {
  readonly name: string;
  readonly department: string;
}): string {
  const byWord = topics.find(({ words }) => words.some((word) => name.includes(word)));
  const found =
    byWord ?? topics.find(({ departments }) => departments.some((each) => department.includes(each)));
  return found?.name ?? other;
}
