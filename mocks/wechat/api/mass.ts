import type { Call, Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { integerOf, objectOf, textListOf, textOf } from '../core/json.ts';
import type { Person } from '../people/directory.ts';
import type { Channel } from '../people/ledger.ts';
import type { World } from '../world.ts';
import { type Audience, sizeOf, split, takeReached } from './mass-audience.ts';
import { type MassParts, type Parsed, parseContent } from './mass-content.ts';
import { checkClientId, type Job } from './mass-jobs.ts';

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
