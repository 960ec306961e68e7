/** What happens when a paper is pressed, in a word for the button. */
export const documentVerb = '下载';

/** Hands the paper to the browser, which saves or shows it. It comes from the hall itself, so no answer is awaited here. */
export async function openDocument(address: string, name: string): Promise<'opened' | 'failed'> {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  return 'opened';
}
