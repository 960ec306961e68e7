/** The licence types of the demo: department's code and three characters. Departments of the last four are made up. */
export const licenceTypes = {
  residentId: { type: '11100000000013127D001', name: '居民身份证', prefix: 'SF' },
  residencePermit: { type: '11100000000013127D017', name: '居住证', prefix: 'JZ' },
  household: { type: '11100000000013127D028', name: '居民户口簿', prefix: 'HK' },
  businessLicence: { type: '11100000MB0143028R001', name: '营业执照', prefix: 'YY' },
  foodLicence: { type: '11100000MB0143028R022', name: '食品经营许可证', prefix: 'SP' },
  propertyTitle: { type: '11100000MB03271699001', name: '不动产权证书', prefix: 'BD' },
  healthCertificate: { type: '11100000MB2X90011Q009', name: '从业人员健康证明', prefix: 'JK' },
  marriage: { type: '11100000MB2X9002XG002', name: '结婚证', prefix: 'JH' },
  hygieneLicence: { type: '11100000MB2X90011Q003', name: '公共场所卫生许可证', prefix: 'WS' },
  disability: { type: '11100000MB2X90038G001', name: '残疾人证', prefix: 'CJ' },
} as const;
export type LicenceKind = keyof typeof licenceTypes;

export const kindOfType = (type: string): LicenceKind | undefined =>
  (Object.keys(licenceTypes) as LicenceKind[]).find((kind) => licenceTypes[kind].type === type);
