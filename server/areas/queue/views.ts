import { HallError } from '../../kernel/http/hallError.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { newest } from '../booking/newest.ts';
import type { Hall } from '../halls/model.ts';
import { readWindow } from './callNext.ts';
import {
  type DisplayView,
  type HallQueue,
  type KioskView,
  queueErrors,
  type StaffQueue,
  type WindowView,
} from './contract.ts';
import { type Kiosk, kiosks, screens } from './deviceModel.ts';
import { ticketsLeft, waitOf } from './estimate.ts';
import { lines } from './lineModel.ts';
import { type Ticket, tickets } from './model.ts';
import { openingOf } from './opening.ts';
import { presentForStaff } from './present.ts';
import { lineKeysOf, lineReader } from './readLine.ts';
import type { QueueRoom } from './room.ts';
import { windows } from './windowModel.ts';

const hallOr404 = async (room: QueueRoom, hallId: string): Promise<Hall> => {
  const hall = await room.findHall(hallId);
  if (!hall) throw new HallError(queueErrors.groupUnknown);
  return hall;
};

/** All lines of a hall with their windows, in the order of the hall's zones. */
async function linesOf(room: QueueRoom, hall: Hall) {
  const keys = lineKeysOf(hall, room.clock.now());
  const [states, rows] = await Promise.all([
    Promise.all(keys.map((key) => lineReader.read(key))),
    windows().find({ hallId: hall.id }).toArray(),
  ]);
  const opening = openingOf(hall, room);
  const lineRows = keys.map((key, index) => {
    const { line, waiting } = states[index]!;
    const windowsOpen = rows.filter((each) => each.open && each.groups.includes(key.group)).length;
    const here = openingOf(hall, room, key.group);
    const all = hall.zones.flatMap((zone) => zone.windows).filter((each) => each.group === key.group).length;
    const left = ticketsLeft(here.minutesLeft, windowsOpen || all, waiting.length, line.recent, room.rules);
    return {
      ...{ group: key.group, zone: key.zone, windowsOpen, waiting, left, gives: here.gives },
      wait: waitOf(waiting.length, windowsOpen, line.recent, room.rules.serviceMinutes),
    };
  });
  return { lineRows, rows, opening };
}

const levelLabels = { free: '空闲', normal: '适中', busy: '繁忙', closed: '未开放' } as const;

/** Busy or free, for whoever thinks of going there. */
export async function hallQueue(room: QueueRoom, hallId: string): Promise<HallQueue> {
  const hall = await hallOr404(room, hallId);
  const { lineRows, opening } = await linesOf(room, hall);
  const waiting = lineRows.reduce((sum, each) => sum + each.waiting.length, 0);
  const open = lineRows.reduce((sum, each) => sum + each.windowsOpen, 0);
  const each = open > 0 ? waiting / open : waiting;
  const level = !opening.gives ? 'closed' : each < 1 ? 'free' : each < 4 ? 'normal' : 'busy';
  return {
    hall: { id: hall.id, name: hall.name },
    open: opening.gives,
    level,
    levelLabel: levelLabels[level],
    lines: lineRows.map(({ group, zone, windowsOpen, waiting: here, left, wait, gives }) => ({
      group,
      zone,
      waiting: here.length,
      windowsOpen,
      wait,
      ticketsOut: gives && left === 0,
    })),
    asOf: room.clock.now().toISOString(),
  };
}

/** What a hall's display shows and speaks: numbers only. Its asking is its sign of life. */
export async function display(
  room: QueueRoom,
  hallId: string,
  { zone, screen }: { readonly zone?: string | undefined; readonly screen?: string | undefined },
): Promise<DisplayView> {
  const hall = await hallOr404(room, hallId);
  const now = room.clock.now();
  if (screen) {
    const _id = `${hallId}|${screen}`;
    await screens().updateOne({ _id }, { $set: { hallId, screen, seenAt: now } }, { upsert: true });
  }
  const rows = await lines()
    .find({ hallId, day: localDayOf(now), ...(zone && { zone }) }, newest())
    .toArray();
  const keys = lineKeysOf(hall, now).filter((key) => !zone || key.zone === zone);
  const waiting = await Promise.all(keys.map((key) => lineReader.read(key)));
  return {
    hall: hall.name,
    zone: hall.zones.find((each) => each.code === zone)?.name ?? null,
    calls: rows
      .flatMap((each) => each.calls)
      .sort((a, b) => b.seq - a.seq)
      .slice(0, 8)
      .map((each) => ({ ...each, at: each.at.toISOString() })),
    lines: keys.map((key, index) => ({ group: key.group, waiting: waiting[index]!.waiting.length })),
    asOf: now.toISOString(),
  };
}

export async function kioskView(room: QueueRoom, kiosk: Kiosk): Promise<KioskView> {
  const hall = await hallOr404(room, kiosk.hallId);
  const { lineRows } = await linesOf(room, hall);
  return {
    name: kiosk.name,
    hall: { id: hall.id, name: hall.name },
    locked: kiosk.locked,
    groups: lineRows.map(({ group, zone, waiting, wait, left, gives }) => ({
      group,
      zone,
      waiting: waiting.length,
      wait,
      closedNote: gives ? (left === 0 ? '今天的号已发完' : null) : '现在不是取号时间',
    })),
    asOf: room.clock.now().toISOString(),
  };
}

/** A window's own screen. */
export async function windowView(room: QueueRoom, hallId: string, number: string): Promise<WindowView> {
  const window = await readWindow(hallId, number);
  const now = room.clock.now();
  const day = localDayOf(now);
  const [ticket, parked, waiting] = await Promise.all([
    window.ticketId ? tickets().findOne({ _id: window.ticketId }, newest()) : null,
    tickets().find({ hallId, day, state: 'parked', window: number }, newest()).toArray(),
    Promise.all(window.groups.map((group) => lineReader.read({ hallId, zone: window.zone, group, day }))),
  ]);
  const shown = [ticket, ...parked].filter((each): each is Ticket => each !== null);
  const ids = [...new Set(shown.flatMap((each) => each.personId ?? []))];
  const people = new Map((ids.length ? await room.findPeople(ids) : []).map((each) => [each.id, each]));
  const show = (each: Ticket) =>
    presentForStaff(each, each.personId ? people.get(each.personId) : undefined, room);
  return {
    hallId,
    number,
    groups: [...window.groups],
    open: window.open,
    staff: window.staffName,
    ticket: ticket && show(ticket),
    waiting: waiting.reduce((sum, each) => sum + each.waiting.length, 0),
    parked: parked.map(show),
    asOf: now.toISOString(),
  };
}

/** The live dashboard of a hall. */
export async function staffQueue(room: QueueRoom, hallId: string): Promise<StaffQueue> {
  const hall = await hallOr404(room, hallId);
  const now = room.clock.now();
  const day = localDayOf(now);
  const [{ lineRows, rows }, machines, shown, states] = await Promise.all([
    linesOf(room, hall),
    kiosks().find({ hallId }).sort({ name: 1 }).toArray(),
    screens().find({ hallId }).sort({ _id: 1 }).toArray(),
    tickets()
      .aggregate<{ _id: string; count: number }>([
        { $match: { hallId, day } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ])
      .toArray(),
  ]);
  const alive = (seenAt: Date | null): boolean =>
    seenAt !== null && now.getTime() - seenAt.getTime() <= room.rules.aliveSeconds * 1000;
  const count = (state: string): number => states.find((each) => each._id === state)?.count ?? 0;
  const busy = rows.flatMap((each) => each.ticketId ?? []);
  const labels = new Map(
    (
      await tickets()
        .find({ _id: { $in: busy } }, { projection: { label: 1 } })
        .toArray()
    ).map((each) => [each._id, each.label]),
  );
  return {
    hall: { id: hall.id, name: hall.name },
    lines: lineRows.map(({ group, zone, waiting, windowsOpen, wait }) => ({
      group,
      zone,
      waiting: waiting.length,
      booked: waiting.filter((each) => each.kind === 'booked').length,
      priority: waiting.filter((each) => each.kind === 'priority').length,
      walkIn: waiting.filter((each) => each.kind === 'walkIn').length,
      windowsOpen,
      wait,
      longestMinutes: Math.max(
        0,
        ...waiting.map((each) => Math.round((now.getTime() - each.since) / 60_000)),
      ),
    })),
    windows: rows
      .sort((a, b) => (a.number < b.number ? -1 : 1))
      .map((each) => ({
        number: each.number,
        open: each.open,
        groups: [...each.groups],
        ticket: each.ticketId ? (labels.get(each.ticketId) ?? null) : null,
        staff: each.staffName,
      })),
    kiosks: machines.map((each) => ({
      id: each._id,
      name: each.name,
      locked: each.locked,
      seenAt: each.seenAt?.toISOString() ?? null,
      alive: alive(each.seenAt),
    })),
    screens: shown.map((each) => ({
      id: each.screen,
      seenAt: each.seenAt.toISOString(),
      alive: alive(each.seenAt),
    })),
    today: {
      issued: states.reduce((sum, each) => sum + each.count, 0),
      served: count('done'),
      missed: count('expired'),
      left: count('left'),
    },
    asOf: now.toISOString(),
  };
}
