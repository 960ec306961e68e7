/** Methods of Node's Buffer that its type definitions leave out; they skip the look-up of an encoding by name. */
interface Buffer {
  latin1Slice(start?: number, end?: number): string;
  utf8Slice(start?: number, end?: number): string;
  utf8Write(text: string, offset?: number, length?: number): number;
}
