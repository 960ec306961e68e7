import type { Middleware } from 'koa';
import type { Config } from '../config.ts';
import { acceptCallback } from '../government/accept/callback.ts';
import { createAcceptSystem } from '../government/accept/client.ts';
import type { AcceptCallback, AcceptSystem } from '../government/accept/port.ts';
import type { Gates } from '../government/gates.ts';
import { GovernmentError } from '../government/kit/governmentError.ts';
import { createLicenceSystem } from '../government/licences/client.ts';
import type { LicenceSystem } from '../government/licences/port.ts';
import type { CaseEvent } from '../government/progress/caseEvent.ts';
import { createProgressSystem } from '../government/progress/client.ts';
import { exchangeService } from '../government/progress/exchangeService.ts';
import type { ProgressSystem } from '../government/progress/port.ts';
import { emptyFrontTable, type ProgressInbox, takeRows } from '../government/progress/takeRows.ts';
import { keepUnread } from '../government/progress/unreadRows.ts';
import type { Clock } from '../kernel/clock.ts';
import type { FieldCipher } from '../kernel/crypto/fieldCipher.ts';
import type { Job } from '../kernel/jobs.ts';
import { log } from '../kernel/log.ts';

export interface CaseHandlers {
  /** Keeps what 综合受理 tells about our cases. Without it their callbacks are not taken, and they ask again later. */
  readonly onAccept?: (callback: AcceptCallback) => Promise<void>;
  /** Told of each event of the progress exchange, after it is kept. */
  readonly onProgress?: (event: CaseEvent) => Promise<void>;
}

export interface CaseSystems {
  readonly accept: AcceptSystem | null;
  readonly progress: ProgressSystem | null;
  readonly licences: LicenceSystem | null;
  /** Where the government calls us; mount before the body parser. */
  before(handlers: CaseHandlers): readonly Middleware[];
  jobs(handlers: CaseHandlers): readonly Job[];
  close(): Promise<void>;
}

/** 综合受理, the progress exchange and e-licences: each there when it is configured, null when not. */
export function openCaseSystems(
  config: Config,
  clock: Clock,
  gates: Gates,
  cipher: FieldCipher,
): CaseSystems {
  const gateway = { paasId: config.GATEWAY_PAAS_ID, token: config.GATEWAY_TOKEN };
  const { ACCEPT_PUBLIC_KEY: theirPublicKey, HALL_SM2_PRIVATE_KEY: signingKey } = config;
  if (config.ACCEPT_BASE && !(theirPublicKey && signingKey))
    throw new Error(
      'ACCEPT_BASE needs ACCEPT_PUBLIC_KEY and HALL_SM2_PRIVATE_KEY: nothing is handed in unsigned',
    );
  const accept =
    config.ACCEPT_BASE && signingKey
      ? createAcceptSystem({
          ...{ base: config.ACCEPT_BASE, gateway, gate: gates.of('accept'), clock, signingKey },
          flavour: config.ACCEPT_FLAVOUR,
        })
      : null;
  const progress = config.PROGRESS_BASE
    ? createProgressSystem({ base: config.PROGRESS_BASE, gateway, gate: gates.of('progress'), clock })
    : null;
  const licences = openLicences(config, gates);
  const inbox = (handlers: CaseHandlers): ProgressInbox => ({
    ...{ clock, cipher },
    ...(handlers.onProgress && { onEvent: handlers.onProgress }),
  });
  const onUnread = (table: string, row: Readonly<Record<string, string>>): Promise<void> =>
    keepUnread(cipher, table, row, clock.now());
  return {
    accept,
    progress,
    licences,
    before: (handlers) => [
      ...(accept && theirPublicKey && handlers.onAccept
        ? [acceptCallback({ gateway, theirPublicKey, clock, onEvent: handlers.onAccept, onUnread })]
        : []),
      ...(progress
        ? [
            exchangeService({
              ...{ gateway, clock },
              take: async (rows) => void (await takeRows(inbox(handlers), rows)),
            }),
          ]
        : []),
    ],
    jobs: (handlers) =>
      progress
        ? [{ name: 'progress.emptyFrontTable', schedule: '* * * * *', run: emptying(handlers, progress) }]
        : [],
    close: async () => void (await Promise.all([accept?.close(), progress?.close(), licences?.close()])),
  };

  /** A system that is silent or closed keeps its rows: they are fetched at the next time. */
  function emptying(handlers: CaseHandlers, from: ProgressSystem): () => Promise<void> {
    return async () => {
      try {
        const fresh = await emptyFrontTable(inbox(handlers), from);
        if (fresh > 0) log.info({ fresh }, 'rows taken from the progress exchange');
      } catch (error) {
        if (!(error instanceof GovernmentError)) throw error;
        log.warn({ code: `${error.kind}:${error.code}` }, 'the progress exchange did not answer');
      }
    };
  }
}

function openLicences(config: Config, gates: Gates): ReturnType<typeof createLicenceSystem> | null {
  const {
    LICENCES_BASE: base,
    LICENCES_APP_KEY: appKey,
    LICENCES_APP_SECRET: appSecret,
    LICENCES_ACCOUNT: account,
    LICENCES_PASSWORD: password,
  } = config;
  if (!base) return null;
  if (!appKey || !appSecret || !account || !password)
    throw new Error(
      'LICENCES_BASE needs LICENCES_APP_KEY, LICENCES_APP_SECRET, LICENCES_ACCOUNT and LICENCES_PASSWORD',
    );
  return createLicenceSystem({
    base,
    keys: { appKey, appSecret, account, password },
    gate: gates.of('licences'),
    operator: { division: '增城区', divisionCode: '440118000000' },
  });
}
