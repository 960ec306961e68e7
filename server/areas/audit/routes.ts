import { type Route, route } from '../../kernel/http/route.ts';
import { staffNames } from '../staff/findStaff.ts';
import { can } from '../staff/policy.ts';
import { AuditList, AuditQuery } from './contract.ts';
import { listAudit } from './listAudit.ts';

export const auditRoutes = (): readonly Route[] => [
  route(
    'GET',
    '/api/staff/audit',
    { limit: 'read', signIn: 'staff', may: can('audit.read'), query: AuditQuery, answer: AuditList },
    ({ query }) => listAudit(query, staffNames),
  ),
];
