import { choice, choices, codeList, yesNo } from './choiceKinds.tsx';
import { date, dateRange } from './dateKinds.tsx';
import type { FieldRenderer } from './field.ts';
import { address, bankAccount, calculated, licence, notice, statement } from './groupKinds.tsx';
import { Table } from './Table.tsx';
import {
  email,
  idNumber,
  longText,
  money,
  number,
  personName,
  phone,
  plate,
  text,
  uscc,
} from './textKinds.tsx';
import { attachment } from './Upload.tsx';

/** How each kind of field is drawn; the kinds themselves are `server/areas/applications/forms/kinds`. */
export const renderers: ReadonlyMap<string, FieldRenderer> = new Map<string, FieldRenderer>([
  ['text', text],
  ['longText', longText],
  ['number', number],
  ['money', money],
  ['date', date],
  ['dateRange', dateRange],
  ['idNumber', idNumber],
  ['phone', phone],
  ['name', personName],
  ['address', address],
  ['choice', choice],
  ['choices', choices],
  ['yesNo', yesNo],
  ['codeList', codeList],
  ['licence', licence],
  ['attachment', attachment],
  ['table', (props) => <Table {...props} />],
  ['bankAccount', bankAccount],
  ['uscc', uscc],
  ['plate', plate],
  ['email', email],
  ['statement', statement],
  ['calculated', calculated],
  ['notice', notice],
]);
