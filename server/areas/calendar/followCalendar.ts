import type { RunningWorker } from '../../kernel/jobs.ts';
import type { LocalDay } from '../../kernel/localDay.ts';
import { log } from '../../kernel/log.ts';
import type { LiveCalendar } from '../../kernel/workingDays/liveCalendar.ts';
import type { SpecialDay } from '../../kernel/workingDays/officialDays.ts';
import { type CalendarImport, CalendarImportModel, type CalendarYear, CalendarYearModel } from './model.ts';

const everyMs = 3000;

/** Keeps a process's calendar in step with the years that staff took over: every process has its own, and asks often. */
export class CalendarFollower {
  #seen = '';
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly calendar: LiveCalendar) {}

  /** Reads what counts now. One reading at a time, so that an older answer never comes after a newer one. */
  refresh(): Promise<void> {
    const next = this.#running.then(() => this.#read());
    this.#running = next.catch(() => {});
    return next;
  }

  async #read(): Promise<void> {
    const years = await CalendarYearModel.find().sort({ _id: 1 }).lean<CalendarYear[]>();
    const live = years.filter(({ importId }) => importId !== null);
    const seen = live.map(({ importId }) => importId).join(' ');
    if (seen === this.#seen) return;
    const imports = await CalendarImportModel.find({ _id: { $in: live.map(({ importId }) => importId) } })
      .select('year days')
      .lean<Pick<CalendarImport, 'year' | 'days'>[]>();
    this.calendar.use(new Map(imports.map(({ year, days }) => [year, specialDays(days)])));
    this.#seen = seen;
    log.info({ publishedUntil: this.calendar.publishedUntil }, 'the calendar of working days was exchanged');
  }

  /** Reads once, then every few seconds until stopped. A reading that fails leaves what was known. */
  async start(): Promise<RunningWorker> {
    const look = (): Promise<void> =>
      this.refresh().catch((error) => log.warn({ cause: error }, 'the calendar could not be read'));
    await look();
    const timer = setInterval(look, everyMs);
    timer.unref();
    return {
      stop: async () => {
        clearInterval(timer);
        await this.#running;
      },
    };
  }
}

const specialDays = (days: CalendarImport['days']): Map<LocalDay, SpecialDay> =>
  new Map(days.map(({ day, workday, name }) => [day, { workday, name }]));
