import { GovernmentError } from '../kit/governmentError.ts';

const codes: Readonly<Record<string, string>> = {
  '4001': 'badAppeal',
  '4002': 'notOurs',
  '4101': 'fileTooLarge',
  '4102': 'tooManyFiles',
  '4103': 'fileKind',
  '4104': 'fileDigest',
  '4105': 'unknownFile',
  '4301': 'unknownAppeal',
  '4302': 'notOpen',
  '4303': 'tooEarly',
  '4304': 'urgedToday',
  '4305': 'rated',
};

/** A no of the platform as our error. 9001 is its maintenance, 9999 its trouble: neither is an answer. */
export function hotlineRefusal(code: string | null, words: string | null): GovernmentError {
  const text = (words ?? '').slice(0, 200);
  if (code === '9001')
    return new GovernmentError('hotline', 'closed', text, { code: 'maintenance', notSent: true });
  if (code === '9999') return new GovernmentError('hotline', 'down', text, { code: '9999' });
  if (code === null) return new GovernmentError('hotline', 'down', 'no code came', { code: 'shape' });
  return new GovernmentError('hotline', 'refused', text, { code: codes[code] ?? 'other' });
}
