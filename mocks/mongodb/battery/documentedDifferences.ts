/**
 * Cases in which the stand-in answers otherwise than MongoDB, and may. The hall uses none of these. The battery fails
 * when a case of this list has come to agree, so that the list stays short and true.
 */
export const documentedDifferences: ReadonlyMap<string, string> = new Map<string, string>([]);
