import type { Call, Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import { Refusal } from '../core/errors.ts';
import { listOf, objectOf, textOf } from '../core/json.ts';
import { readFields } from '../templates/fields.ts';
import { adopt, contentOf, exampleOf, library } from '../templates/library.ts';
import type { Shelf, TemplateShelves } from '../templates/shelf.ts';
import { readLink } from './template.ts';

const shelfOf = (call: Call): Shelf => (call.account === 'oa' ? 'official-subscribe' : 'program-subscribe');

/** Subscription messages: each send needs a consent the person gave before. 43101 without one. */
export function subscribeEndpoints(shelves: TemplateShelves): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/cgi-bin/message/subscribe/send',
      token: 'mp',
      handle: (call) => sendSubscription(call, shelves),
    },
    {
      method: 'POST',
      path: '/cgi-bin/message/subscribe/bizsend',
      token: 'oa',
      handle: (call) => sendSubscription(call, shelves),
    },
    {
      method: 'GET',
      path: '/wxaapi/newtmpl/getcategory',
      token: 'any',
      handle: () => ok({ data: [{ id: 616, name: '政务民生' }] }),
    },
    {
      method: 'GET',
      path: '/wxaapi/newtmpl/getpubtemplatetitles',
      token: 'any',
      handle: ({ query }) => {
        const start = Number(query.get('start') ?? 0);
        const limit = Number(query.get('limit') ?? 30);
        if (!Number.isInteger(start) || !Number.isInteger(limit) || limit < 1 || limit > 30) {
          throw new Refusal(40035);
        }
        const page = library.slice(start, start + limit);
        return ok({
          count: library.length,
          data: page.map((one) => ({ tid: Number(one.tid), title: one.title, type: 3, categoryId: '616' })),
        });
      },
    },
    {
      method: 'GET',
      path: '/wxaapi/newtmpl/getpubtemplatekeywords',
      token: 'any',
      handle: ({ query }) => {
        const source = library.find((one) => one.tid === query.get('tid'));
        if (!source) throw new Refusal(200014);
        return ok({
          count: source.keywords.length,
          data: source.keywords.map((one) => ({
            kid: one.kid,
            name: one.name,
            example: one.example,
            rule: one.kind,
          })),
        });
      },
    },
    {
      method: 'POST',
      path: '/wxaapi/newtmpl/addtemplate',
      token: 'any',
      handle: (call) => {
        const source = library.find((one) => one.tid === textOf(call.body, 'tid'));
        if (!source) throw new Refusal(200014);
        const kids = (listOf(call.body, 'kidList') ?? []).map(Number);
        if (kids.length < 2 || kids.length > 5) throw new Refusal(200020);
        const known = kids.every((kid) => source.keywords.some((one) => one.kid === kid));
        if (!known || new Set(kids).size !== kids.length) throw new Refusal(200022);
        const sceneDesc = textOf(call.body, 'sceneDesc');
        if ([...sceneDesc].length > 15) throw new Refusal(200021);
        const shelf = shelfOf(call);
        if (shelves.of(shelf).length >= 50) throw new Refusal(200012);
        // What is added by hand is of the one-time kind; long-term ones were granted to the category.
        const made = { ...adopt(`${shelf}/one`, source, kids, 2), sceneDesc };
        shelves.put(shelf, made);
        return ok({ priTmplId: made.templateId });
      },
    },
    {
      method: 'GET',
      path: '/wxaapi/newtmpl/gettemplate',
      token: 'any',
      handle: (call) =>
        ok({
          data: shelves.of(shelfOf(call)).map((one) => ({
            priTmplId: one.templateId,
            title: one.title,
            content: contentOf(one.keywords),
            example: exampleOf(one.keywords),
            type: one.type,
            keywordEnumValueList: [],
          })),
        }),
    },
    {
      method: 'POST',
      path: '/wxaapi/newtmpl/deltemplate',
      token: 'any',
      handle: (call) => {
        if (!shelves.remove(shelfOf(call), textOf(call.body, 'priTmplId'))) throw new Refusal(40037);
        return ok();
      },
    },
  ];
}

const programStates = ['', 'developer', 'trial', 'formal'];

function sendSubscription(call: Call, shelves: TemplateShelves) {
  const { world, body } = call;
  const program = call.account === 'mp';
  const openid = textOf(body, 'touser');
  const person = program ? world.people.byProgramOpenid(openid) : world.people.byAccountOpenid(openid);
  if (!person) throw new Refusal(40003);
  const template = shelves.get(shelfOf(call), textOf(body, 'template_id'));
  if (!template) throw new Refusal(40037);
  const page = textOf(body, 'page');
  if (page.length > 1024 || /^(https?:)?\/\//.test(page)) throw new Refusal(41030);
  if (!programStates.includes(textOf(body, 'miniprogram_state'))) throw new Refusal(40035);
  const fields = readFields(template.keywords, objectOf(body, 'data') ?? {});
  if (shelves.credits(openid, template.templateId) < 1 || person.receives === 'refuse')
    throw new Refusal(43101);
  shelves.spend(openid, template.templateId);
  const now = world.now();
  const msgId = world.messageIds.next(now);
  world.ledger.record(
    {
      channel: program ? 'subscribe' : 'bizsend',
      openid,
      msgId: String(msgId),
      what: template.templateId,
      clientMsgId: '',
      content: `${template.title} ${fields.map((one) => one.value).join(' | ')}`,
      outcome: 'success',
    },
    true,
  );
  const link = program
    ? page
      ? { miniProgram: { appid: world.appid('mp'), path: page } }
      : undefined
    : (readLink(body) ?? (page ? { url: page } : undefined));
  world.inbox.add({
    citizen: person.id,
    chat: program ? 'service' : 'account',
    from: 'account',
    origin: 'subscribe',
    at: now.getTime(),
    msgId: String(msgId),
    content: { kind: 'template', title: template.title, fields, ...(link ? { link } : {}) },
  });
  if (!program) {
    world.delivery.notify({
      ...world.pushHead(openid, 'event'),
      Event: 'subscribe_msg_sent_event',
      SubscribeMsgSentEvent: {
        List: { TemplateId: template.templateId, MsgID: msgId, ErrorCode: 0, ErrorStatus: 'success' },
      },
    });
  }
  // The program's answer carries a msgid since 2022; clients that do not look for it lose nothing.
  return ok({ msgid: msgId });
}
