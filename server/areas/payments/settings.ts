import { z } from 'zod';
import file from '../../../cloud-config/payments.json' with { type: 'json' };

/** `cloud-config/payments.json`, checked. `expiryMinutes`: how long a payment may stay unpaid. */
export const paymentSettings = z
  .strictObject({ version: z.literal(1), expiryMinutes: z.number().int().min(5).max(110) })
  .parse(file);
