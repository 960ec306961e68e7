import pino from 'pino';

/**
 * The log: one JSON line an event on standard error. Personal data and secrets are never logged; the paths below are
 * the second line of defence, for objects that carry them by accident.
 */
export const log = pino(
  {
    level: process.env['LOG_LEVEL'] ?? (process.env['NODE_ENV'] === 'test' ? 'silent' : 'info'),
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['authorization', 'cookie', 'password', 'token', 'secret', 'phone', 'idNumber', 'name'].flatMap(
        (key) => [key, `*.${key}`, `*.*.${key}`],
      ),
      censor: '***',
    },
  },
  pino.destination({ dest: 2, sync: false }),
);
