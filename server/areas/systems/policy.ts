import { can } from '../staff/policy.ts';

/** Health, figures and the audit of calls: whoever runs the hall, and who checks it. */
export const mayRead = can('systems.read');
/** Switch, breaker, trial: the system administrator. */
export const mayAct = can('systems.act');
/** Rows as they came, with what they say about people: each reading is in the audit. */
export const mayOpenRaw = can('systems.raw');
