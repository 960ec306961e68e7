import { createHash } from 'node:crypto';
import type { Account } from './accounts.ts';

/** The platform's answer about an account, with its habits: lists of "key=value", "-1" for nothing, a key misspelt for ever. */
export function userInformation(account: Account, tokenId: string): Record<string, unknown> {
  const credential = `${account.idNumber.slice(0, 4)}…${account.idNumber.slice(-4)}`;
  const enterprise = account.kind === 'enterprise';
  return {
    signdata: createHash('sha256').update(`${tokenId}${account.uid}`).digest('base64'),
    userobj: {
      uid: account.uid,
      cn: account.name,
      usertype: enterprise ? '2' : '1',
      idcardtype: account.idType,
      idcardnumber: account.idNumber,
      ...(account.phone === null ? {} : { telephonenumber: account.phone }),
      mail: '-1',
      isreal: account.level === 'L0' ? 'false' : 'true',
      realtype: enterprise ? 'IC' : 'PLV',
      useridcode: account.userIdCode,
      createtime: '20210618191221',
      tokenid: tokenId,
      link_person_name: account.operator ?? '-1',
      extproperties: [
        `address=${account.address}`,
        'area=guangzhou',
        'accout_type=3',
        `uversion=${account.version}.0`,
        `legal_person=${account.legalPerson ?? '-1'}`,
        `legal_code=${enterprise ? account.idNumber : '-1'}`,
        'user_typeext=2',
        'cert_ca=-1',
      ],
      creditable_level_of_account: account.level,
      creditable_level_of_account_way: account.ways
        .map((way) => `${way.level}@${way.code}@${credential}`)
        .join('||'),
    },
    pareobj: enterprise ? { uid: `${account.uid}_parent`, cn: account.name, usertype: '2' } : null,
    user_creditable_level: {
      creditable_level_of_account: account.level,
      creditable_level_of_account_way_list: account.ways.map((way) => ({
        auth_time: way.at,
        uniqueid: account.uid,
        user_name: `${account.name[0]}*${account.name.length > 2 ? account.name.at(-1) : ''}`,
        auth_identification: null,
        identity_level: way.level,
        credential_no: credential,
        way_code: way.code,
      })),
    },
  };
}
