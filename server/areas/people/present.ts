import { maskCreditCode } from '../../kernel/identifiers/creditCode.ts';
import { maskId } from '../../kernel/identifiers/residentId.ts';
import type { PersonView } from './contract.ts';
import type { Person } from './findPerson.ts';
import { levelLabel } from './levels.ts';

/** The person's own view: masked even so, a screen may be looked at by others. */
export function presentPerson(person: Person): PersonView {
  return {
    id: person.id,
    displayName: person.displayName,
    phoneMasked: person.phoneMasked,
    idNumberMasked: person.idNumber && maskId(person.idNumber),
    level: person.level,
    levelLabel: levelLabel(person.level, person.name !== null),
    enterprise: person.enterprise && {
      name: person.enterprise.name,
      codeMasked: maskCreditCode(person.enterprise.code),
    },
    follower: person.follower,
    seniorMode: person.seniorMode,
  };
}
