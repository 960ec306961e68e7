import type { Call, Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import type { DedupeWindow } from '../core/dedupe-window.ts';
import { Refusal } from '../core/errors.ts';
import { objectOf, textListOf, textOf } from '../core/json.ts';
import type { Link } from '../people/inbox.ts';
import { readFields } from '../templates/fields.ts';
import { adopt, contentOf, exampleOf, library } from '../templates/library.ts';
import type { TemplateShelves } from '../templates/shelf.ts';

const templateLimit = 25;

/** The link of a template or customer message: the mini-program wins over the address. */
export function readLink(body: { [key: string]: unknown }): Link | undefined {
  const program = body['miniprogram'];
  if (typeof program === 'object' && program !== null && 'appid' in program) {
    const path = 'pagepath' in program ? String(program.pagepath ?? '') : '';
    if (String(program.appid)) return { miniProgram: { appid: String(program.appid), path } };
  }
  const url = body['url'];
  return typeof url === 'string' && url !== '' ? { url } : undefined;
}

function send(call: Call, shelves: TemplateShelves, sent: DedupeWindow<bigint>) {
  const { world, body } = call;
  const openid = textOf(body, 'touser');
  const { person, state } = world.addressee(openid);
  if (state === 'unknown') throw new Refusal(40003);
  const templateId = textOf(body, 'template_id');
  if (templateId.length === 0 || templateId.length > 64) throw new Refusal(40036);
  const template = shelves.get('official', templateId);
  if (!template) throw new Refusal(40037);
  if (template.disabled) throw new Refusal(43116);
  const url = textOf(body, 'url');
  if (url.length > 1024) throw new Refusal(40039);
  const program = objectOf(body, 'miniprogram');
  // The mini-program must be tied to the account.
  const programAppid = textOf(program ?? {}, 'appid');
  if (programAppid !== '' && programAppid !== world.appid('mp')) throw new Refusal(40013);
  const clientMsgId = textOf(body, 'client_msg_id');
  const now = world.now();
  const key = `${openid} ${clientMsgId}`;
  if (clientMsgId !== '') {
    const first = sent.get(key, now.getTime());
    if (first !== undefined) {
      world.ledger.repeat();
      return ok({ msgid: first });
    }
  }
  const fields = readFields(template.keywords, objectOf(body, 'data') ?? {});
  if (state === 'stranger') throw new Refusal(43004);
  if (person?.blacklisted) throw new Refusal(43019);
  if (person?.receives === 'refuse') throw new Refusal(48002);
  const msgId = world.messageIds.next(now);
  if (clientMsgId !== '') sent.set(key, msgId, now.getTime());
  const broken = world.faults.happens(world.faults.current.templateFailRate);
  const outcome =
    person?.receives === 'quiet' ? 'failed:user block' : broken ? 'failed: system failed' : 'success';
  const link = readLink(body);
  world.ledger.record(
    {
      channel: 'template',
      openid,
      msgId: String(msgId),
      what: templateId,
      clientMsgId,
      content: `${template.title} ${fields.map((one) => one.value).join(' | ')}`,
      outcome,
    },
    person !== undefined,
  );
  if (person && outcome === 'success') {
    world.inbox.add({
      citizen: person.id,
      chat: 'account',
      from: 'account',
      origin: 'template',
      at: now.getTime(),
      msgId: String(msgId),
      content: { kind: 'template', title: template.title, fields, ...(link ? { link } : {}) },
    });
  }
  world.delivery.notify({
    ...world.pushHead(openid, 'event'),
    Event: 'TEMPLATESENDJOBFINISH',
    MsgID: msgId,
    Status: outcome,
  });
  return ok({ msgid: msgId });
}

/** Template messages of the official account and the list of its templates. */
export function templateEndpoints(shelves: TemplateShelves, sent: DedupeWindow<bigint>): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/cgi-bin/message/template/send',
      token: 'oa',
      handle: (call) => send(call, shelves, sent),
    },
    {
      method: 'GET',
      path: '/cgi-bin/template/get_all_private_template',
      token: 'oa',
      handle: () => ({
        template_list: shelves.of('official').map((one) => ({
          template_id: one.templateId,
          title: one.title,
          primary_industry: '',
          deputy_industry: '',
          content: contentOf(one.keywords),
          example: exampleOf(one.keywords),
        })),
      }),
    },
    {
      method: 'POST',
      path: '/cgi-bin/template/api_add_template',
      token: 'oa',
      handle: ({ body }) => {
        const source = library.find((one) => one.tid === textOf(body, 'template_id_short'));
        if (!source) throw new Refusal(40037);
        const names = textListOf(body, 'keyword_name_list');
        if (!names || names.length === 0) throw new Refusal(40246);
        const kids = names.map((name) => source.keywords.find((one) => one.name === name)?.kid);
        if (kids.some((kid) => kid === undefined) || new Set(kids).size !== kids.length) {
          throw new Refusal(40246);
        }
        if (shelves.of('official').length >= templateLimit) throw new Refusal(45026);
        const made = adopt('official', source, kids as number[], 3);
        shelves.put('official', made);
        return ok({ template_id: made.templateId });
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/template/del_private_template',
      token: 'oa',
      handle: ({ body }) => {
        if (!shelves.remove('official', textOf(body, 'template_id'))) throw new Refusal(40037);
        return ok();
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/template/get_industry',
      token: 'oa',
      handle: () => ({
        primary_industry: { first_class: '政府与公共事业', second_class: '行政机关' },
        secondary_industry: { first_class: '其他', second_class: '其他' },
      }),
    },
  ];
}
