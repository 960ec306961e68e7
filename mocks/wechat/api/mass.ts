import type { Call, Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { integerOf, objectOf, textListOf, textOf } from '../core/json.ts';
import { localMonth } from '../core/local-time.ts';
import type { Store } from '../core/store.ts';
import type { Person } from '../people/directory.ts';
import type { Content } from '../people/inbox.ts';
import type { Channel } from '../people/ledger.ts';
import type { World } from '../world.ts';
import type { Drafts } from './drafts.ts';
import { type MediaShelf, pictureUrl } from './media.ts';
import type { Tags } from './tags.ts';

type Job = {
  msgId: string;
  dataId: string;
  at: number;
  status: 'SENDING' | 'SEND_SUCCESS' | 'SEND_FAIL' | 'DELETE';
  articles: boolean;
  /** Pages of the sent articles, taken down when the message is deleted. */
  slugs: string[];
};
type ClientId = { msgId: string; dataId: string; at: number };
type Parsed = { contents: Content[]; what: string; print: string; draft?: string; slugs?: string[] };

const perMonth = 4;

/** Mass messages: what was submitted, and which client ids were seen in the last 24 hours. */
export class MassJobs {
  readonly jobs;
  readonly clientIds;
  speed = 0;

  constructor(store: Store) {
    this.jobs = store.collection<Job>('mass-jobs');
    this.clientIds = store.collection<ClientId>('mass-client-ids');
  }
}

export type MassParts = { jobs: MassJobs; drafts: Drafts; media: MediaShelf; tags: Tags };

/** Reads what is to be sent. Both `image` (old) and `images` (new) are taken. */
function parseContent(world: World, body: JsonObject, parts: MassParts): Parsed {
  const kind = textOf(body, 'msgtype');
  if (kind === 'text') {
    const text = textOf(objectOf(body, 'text') ?? {}, 'content');
    if (text === '') throw new Refusal(44004);
    if (Buffer.byteLength(text) > 2048) throw new Refusal(45002);
    return { contents: [{ kind: 'text', text }], what: 'text', print: text };
  }
  if (kind === 'mpnews') {
    const id = textOf(objectOf(body, 'mpnews') ?? {}, 'media_id');
    const draft = parts.drafts.get(id);
    const articles = parts.drafts.cards(world, draft.articles);
    const print = articles.map((one) => one.title).join(' | ');
    const slugs = draft.articles.map((one) => one.slug);
    return { contents: [{ kind: 'articles', articles }], what: 'mpnews', print, draft: id, slugs };
  }
  if (kind === 'image' || kind === 'images') {
    const plural = textListOf(objectOf(body, 'images') ?? {}, 'media_ids');
    const ids = plural ?? [textOf(objectOf(body, 'image') ?? {}, 'media_id')];
    const contents = ids.map((id): Content => {
      const media = parts.media.get(id, world.now());
      if (media?.kind !== 'image') throw new Refusal(40007);
      return { kind: 'image', url: pictureUrl(world, media) };
    });
    if (contents.length === 0) throw new Refusal(40007);
    return { contents, what: 'image', print: ids.join(' ') };
  }
  if (kind === 'voice' || kind === 'mpvideo') {
    const id = textOf(objectOf(body, kind) ?? {}, 'media_id');
    const media = parts.media.get(id, world.now());
    if (media?.kind !== (kind === 'voice' ? 'voice' : 'video')) throw new Refusal(40007);
    const shown = kind === 'voice' ? 'voice' : 'video';
    return {
      contents: [{ kind: shown, title: media.name, url: pictureUrl(world, media) }],
      what: kind,
      print: id,
    };
  }
  throw new Refusal(40008);
}

/** 45065 with the first ids when the client id was used within 24 hours; 45066 when that was under a minute ago. */
function checkClientId(world: World, body: JsonObject, jobs: MassJobs): string {
  const id = textOf(body, 'clientmsgid');
  if (id === '') return '';
  if (Buffer.byteLength(id) > 64) throw new Refusal(45067);
  const seen = jobs.clientIds.get(id);
  const now = world.now().getTime();
  if (seen && now - seen.at < 86_400_000) {
    world.ledger.repeat();
    throw new Refusal(45065, undefined, { msg_id: BigInt(seen.msgId), msg_data_id: BigInt(seen.dataId) });
  }
  return id;
}

type Audience = { people: Person[]; virtual: number | number[] };
const sizeOf = (audience: Audience) =>
  audience.people.length +
  (typeof audience.virtual === 'number' ? audience.virtual : audience.virtual.length);

function deliver(world: World, person: Person, parsed: Parsed, msgId: bigint, channel: Channel): void {
  world.ledger.record(
    {
      channel,
      openid: person.openids.officialAccount,
      msgId: String(msgId),
      what: parsed.what,
      clientMsgId: '',
      content: parsed.print,
      outcome: 'success',
    },
    true,
  );
  for (const content of parsed.contents) {
    world.inbox.add({
      citizen: person.id,
      chat: 'account',
      from: 'account',
      origin: 'mass',
      at: world.now().getTime(),
      msgId: String(msgId),
      content,
    });
  }
}

/** Who of the audience gets it: not who refuses messages, is on the black list, or had four this month. */
function takeReached(world: World, audience: Audience): { people: Person[]; virtual: number } {
  const month = localMonth(world.now());
  const people = audience.people.filter((person) => {
    if (person.mass.month !== month) person.mass = { month, count: 0 };
    return person.receives !== 'refuse' && !person.blacklisted && person.mass.count < perMonth;
  });
  for (const person of people) {
    person.mass.count += 1;
    world.people.save(person);
  }
  const { virtual } = world.people;
  if (typeof audience.virtual === 'number') {
    return { people, virtual: audience.virtual > 0 ? virtual.takeMass(month) : 0 };
  }
  let count = 0;
  for (const index of audience.virtual) count += virtual.takeMass(month, index);
  return { people, virtual: count };
}

function submit(call: Call, parts: MassParts, audience: Audience): JsonObject {
  const { world, body } = call;
  const parsed = parseContent(world, body, parts);
  const clientId = checkClientId(world, body, parts.jobs);
  const now = world.now();
  const status = world.faults.current.massStatus || 'send success';
  const succeeds = status === 'send success';
  const reached = succeeds ? takeReached(world, audience) : { people: [], virtual: 0 };
  const total = sizeOf(audience);
  const count = reached.people.length + reached.virtual;
  if (succeeds && total > 0 && count === 0) throw new Refusal(45028);
  const msgId = world.messageIds.nextMass(now);
  const dataId = msgId % 4_000_000_000n;
  const job: Job = {
    msgId: String(msgId),
    dataId: String(dataId),
    at: now.getTime(),
    status: 'SENDING',
    articles: parsed.what === 'mpnews' || parsed.what === 'mpvideo',
    slugs: parsed.slugs ?? [],
  };
  parts.jobs.jobs.set(job.msgId, job);
  if (clientId) parts.jobs.clientIds.set(clientId, { msgId: job.msgId, dataId: job.dataId, at: job.at });
  if (parsed.draft && succeeds) parts.drafts.use(parsed.draft);
  for (const person of reached.people) {
    if (person.receives === 'yes') deliver(world, person, parsed, msgId, 'mass');
  }
  world.ledger.addMass(parsed.what, parsed.print, reached.virtual);
  const finish = setTimeout(
    () => parts.jobs.jobs.set(job.msgId, { ...job, status: succeeds ? 'SEND_SUCCESS' : 'SEND_FAIL' }),
    world.faults.current.eventDelayMs,
  );
  finish.unref();
  const blocked = reached.people.filter((person) => person.receives === 'quiet').length;
  world.delivery.notify({
    ...world.pushHead('', 'event'),
    Event: 'MASSSENDJOBFINISH',
    MsgID: msgId,
    Status: status,
    TotalCount: total,
    FilterCount: count,
    SentCount: count - blocked,
    ErrorCount: blocked,
    CopyrightCheckResult: { Count: 0, ResultList: '', CheckState: 0 },
    ArticleUrlResult: { Count: 0, ResultList: '' },
  });
  return {
    errcode: 0,
    errmsg: 'send job submission success',
    msg_id: msgId,
    ...(job.articles ? { msg_data_id: dataId } : {}),
  };
}

function sendAll(call: Call, parts: MassParts): JsonObject {
  const { world, body } = call;
  const filter = objectOf(body, 'filter');
  if (!filter) throw new Refusal(40035, 'invalid parameter, filter missing');
  const tag = integerOf(filter, 'tag_id') ?? integerOf(filter, 'group_id');
  if (filter['is_to_all'] === true) {
    return submit(call, parts, { people: world.people.followers(), virtual: world.people.virtual.count });
  }
  if (tag === undefined || !parts.tags.get(tag)) throw new Refusal(45159);
  const openids = parts.tags.members(world, tag);
  return submit(call, parts, split(world, openids));
}

function split(world: World, openids: string[]): Audience {
  const people: Person[] = [];
  const virtual: number[] = [];
  for (const openid of openids) {
    const person = world.people.byAccountOpenid(openid);
    const index = world.people.virtual.indexOf(openid);
    if (person?.follows) people.push(person);
    else if (index !== undefined) virtual.push(index);
  }
  return { people, virtual };
}

function sendList(call: Call, parts: MassParts): JsonObject {
  const { world, body } = call;
  const openids = textListOf(body, 'touser');
  if (!openids) throw new Refusal(40031);
  const unique = [...new Set(openids)];
  if (unique.length < 2) throw new Refusal(40130);
  if (unique.length > 10_000) throw new Refusal(40032);
  if (unique.some((openid) => world.addressee(openid).state === 'unknown')) throw new Refusal(40003);
  return submit(call, parts, split(world, unique));
}

function preview(call: Call, parts: MassParts): JsonObject {
  const { world, body } = call;
  const byName = textOf(body, 'towxname');
  const person =
    byName !== '' ? world.people.byId(byName) : world.people.byAccountOpenid(textOf(body, 'touser'));
  if (!person) throw new Refusal(byName !== '' ? 40132 : 40003);
  if (!person.follows) throw new Refusal(43004);
  const parsed = parseContent(world, body, parts);
  const msgId = world.messageIds.nextMass(world.now());
  deliver(world, person, parsed, msgId, 'preview');
  return { errcode: 0, errmsg: 'preview success', msg_id: msgId };
}

export function massEndpoints(parts: MassParts): Endpoint[] {
  const jobOf = (body: JsonObject): Job => {
    const job = parts.jobs.jobs.get(textOf(body, 'msg_id'));
    if (!job) throw new Refusal(40059, 'invalid msg id');
    return job;
  };
  return [
    {
      method: 'POST',
      path: '/cgi-bin/message/mass/sendall',
      token: 'oa',
      handle: (call) => sendAll(call, parts),
    },
    {
      method: 'POST',
      path: '/cgi-bin/message/mass/send',
      token: 'oa',
      handle: (call) => sendList(call, parts),
    },
    {
      method: 'POST',
      path: '/cgi-bin/message/mass/preview',
      token: 'oa',
      handle: (call) => preview(call, parts),
    },
    {
      method: 'POST',
      path: '/cgi-bin/message/mass/get',
      token: 'oa',
      handle: ({ body }) => {
        const job = jobOf(body);
        return { msg_id: BigInt(job.msgId), msg_status: job.status };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/message/mass/delete',
      token: 'oa',
      handle: ({ body }) => {
        const job = jobOf(body);
        // Only articles and videos can be taken back; the card stays in the chats, its page is gone.
        if (!job.articles) throw new Refusal(48023, 'only mpnews or mpvideo message can be deleted');
        const index = integerOf(body, 'article_idx') ?? 0;
        if (index < 0 || index > job.slugs.length) throw new Refusal(40035);
        const gone = index === 0 ? job.slugs : job.slugs.slice(index - 1, index);
        for (const slug of gone) parts.drafts.takeDown(slug);
        if (index === 0) parts.jobs.jobs.set(job.msgId, { ...job, status: 'DELETE' });
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/message/mass/speed/get',
      token: 'oa',
      handle: () => ({ speed: parts.jobs.speed, realspeed: [80, 60, 45, 30, 10][parts.jobs.speed] }),
    },
    {
      method: 'POST',
      path: '/cgi-bin/message/mass/speed/set',
      token: 'oa',
      handle: ({ body }) => {
        const speed = integerOf(body, 'speed');
        if (speed === undefined || speed < 0 || speed > 4) throw new Refusal(45083);
        parts.jobs.speed = speed;
        return ok();
      },
    },
  ];
}
