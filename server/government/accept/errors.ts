import { GovernmentError } from '../kit/governmentError.ts';

const codes: Readonly<Record<string, string>> = {
  '4001': 'unknownMatter',
  '4002': 'oldForm',
  '4003': 'badForm',
  '4101': 'fileTooLarge',
  '4102': 'tooManyFiles',
  '4103': 'fileName',
  '4104': 'fileDigest',
  '4105': 'unknownFile',
  '4201': 'signature',
  '4301': 'unknownCase',
  '4302': 'notOpen',
  '4303': 'tooLate',
};

/** A no of the system as our error. 9001 is its maintenance, 9999 its trouble: neither is an answer. */
export function acceptRefusal(code: string | null, words: string | null): GovernmentError {
  const text = (words ?? '').slice(0, 200);
  if (code === '9001')
    return new GovernmentError('accept', 'closed', text, { code: 'maintenance', notSent: true });
  if (code === '9999') return new GovernmentError('accept', 'down', text, { code: '9999' });
  if (code === null) return new GovernmentError('accept', 'down', 'no code came', { code: 'shape' });
  return new GovernmentError('accept', 'refused', text, { code: codes[code] ?? 'other' });
}
