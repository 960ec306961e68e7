import type { FieldKind } from './kind.ts';
import { address } from './kinds/address.ts';
import { attachment } from './kinds/attachment.ts';
import { bankAccount } from './kinds/bankAccount.ts';
import { calculated } from './kinds/calculated.ts';
import { choice } from './kinds/choice.ts';
import { choices } from './kinds/choices.ts';
import { codeList } from './kinds/codeList.ts';
import { date } from './kinds/date.ts';
import { dateRange } from './kinds/dateRange.ts';
import { email } from './kinds/email.ts';
import { idNumber } from './kinds/idNumber.ts';
import { licence } from './kinds/licence.ts';
import { longText } from './kinds/longText.ts';
import { money } from './kinds/money.ts';
import { name } from './kinds/name.ts';
import { notice } from './kinds/notice.ts';
import { number } from './kinds/number.ts';
import { phone } from './kinds/phone.ts';
import { plate } from './kinds/plate.ts';
import { statement } from './kinds/statement.ts';
import { table } from './kinds/table.ts';
import { text } from './kinds/text.ts';
import { uscc } from './kinds/uscc.ts';
import { yesNo } from './kinds/yesNo.ts';

/** Every kind of field there is, by its name in a definition. */
export const kinds: ReadonlyMap<string, FieldKind> = new Map(
  [
    ...[text, longText, number, money, date, dateRange, idNumber, phone, name, address, choice, choices],
    ...[yesNo, codeList, licence, attachment, table, bankAccount, uscc, plate, email, statement],
    ...[calculated, notice],
  ].map((kind) => [kind.kind, kind]),
);
