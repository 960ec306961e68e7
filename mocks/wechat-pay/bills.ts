import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PayRefusal, paramError } from './errors.ts';
import { localDay, type PayOrder, type PayRefund, type PayWorld } from './world.ts';

/** The host is the real one whatever the stand-in's address is: the client signs the path below it. */
const realHost = 'https://api.mch.weixin.qq.com';
const quarterMs = 92 * 86_400_000;
const dayMs = 86_400_000;

interface BillFile {
  readonly bytes: Buffer;
  readonly type: string;
}

/** Trade bills: amounts in yuan, each value after a back-tick, ready the next day from 10:00. */
export class Bills {
  private readonly files = new Map<string, BillFile>();
  constructor(private readonly world: PayWorld) {}

  /** GET /v3/bill/tradebill */
  trade(query: URLSearchParams): Record<string, string> {
    const day = query.get('bill_date') ?? '';
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
      throw paramError('输入源“/query/bill_date”日期格式不正确');
    const now = this.world.now();
    const ready = Date.parse(`${day}T10:00:00+08:00`) + dayMs;
    if (now.getTime() < ready) throw new PayRefusal(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
    if (now.getTime() - Date.parse(day) > quarterMs)
      throw new PayRefusal(400, 'INVALID_REQUEST', '只能下载三个月以内的账单');
    const kind = query.get('bill_type') ?? 'ALL';
    if (!['ALL', 'SUCCESS', 'REFUND'].includes(kind))
      throw paramError('输入源“/query/bill_type”枚举值校验失败');
    const text = this.csv(day, kind);
    if (text === null) throw new PayRefusal(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
    const plain = Buffer.from(text, 'utf8');
    const zipped = query.get('tar_type') === 'GZIP';
    const token = randomBytes(24).toString('base64url');
    this.files.set(token, {
      bytes: zipped ? gzipSync(plain) : plain,
      type: zipped ? 'application/x-gzip' : 'text/plain',
    });
    if (this.files.size > 100) this.files.delete(this.files.keys().next().value!);
    return {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(plain).digest('hex'),
      download_url: `${realHost}/v3/billdownload/file?token=${token}`,
    };
  }

  file(token: string): BillFile {
    const found = this.files.get(token);
    if (!found) throw new PayRefusal(400, 'INVALID_REQUEST', '下载链接无效或已过期');
    return found;
  }

  private csv(day: string, kind: string): string | null {
    const { world } = this;
    const paid = kind === 'REFUND' ? [] : world.orders.values().filter((each) => paidOn(each, day));
    const refunded = kind === 'SUCCESS' ? [] : world.refunds.values().filter((each) => refundedOn(each, day));
    if (paid.length + refunded.length === 0) return null;
    const rows = [
      ...paid.map((order) => ({ at: order.successTime!, cells: this.row(order, null) })),
      ...refunded.map((refund) => ({
        at: refund.createdAt,
        cells: this.row(world.orders.get(refund.outTradeNo)!, refund),
      })),
    ].sort((a, b) => (a.at < b.at ? -1 : 1));
    const sum = (values: readonly number[]): string => yuan(values.reduce((a, b) => a + b, 0));
    const totals = [
      String(rows.length),
      sum(paid.map((each) => each.total)),
      sum(refunded.map((each) => each.refund)),
      '0.00',
      '0.00000',
      sum(paid.map((each) => each.total)),
      sum(refunded.map((each) => each.refund)),
    ];
    const lines = [
      columns.join(','),
      ...rows.map(({ cells }) => quoted(cells)),
      totalColumns.join(','),
      quoted(totals),
    ];
    return `\uFEFF${lines.join('\r\n')}\r\n`;
  }

  private row(order: PayOrder, refund: PayRefund | null): string[] {
    const at = new Date(Date.parse(refund ? refund.createdAt : order.successTime!) + 8 * 3_600_000);
    return [
      at.toISOString().slice(0, 19).replace('T', ' '),
      order.appid,
      this.world.keys.mchid,
      '0',
      '',
      order.transactionId!,
      order.outTradeNo,
      order.openid,
      'JSAPI',
      refund ? 'REFUND' : 'SUCCESS',
      'OTHERS',
      'CNY',
      refund ? '0.00' : yuan(order.total),
      '0.00',
      refund?.refundId ?? '0',
      refund?.outRefundNo ?? '0',
      refund ? yuan(refund.refund) : '0.00',
      '0.00',
      refund ? 'ORIGINAL' : '',
      refund ? refund.status : '',
      order.description,
      order.attach,
      '0.00000',
      '0.00%',
      refund ? '0.00' : yuan(order.total),
      refund ? yuan(refund.refund) : '0.00',
      '',
    ];
  }
}

const paidOn = (order: PayOrder, day: string): boolean =>
  order.successTime !== null && localDay(new Date(order.successTime)) === day;
const refundedOn = (refund: PayRefund, day: string): boolean => localDay(new Date(refund.createdAt)) === day;
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
const quoted = (cells: readonly string[]): string =>
  cells.map((cell) => `\`${cell.replaceAll(',', ' ')}`).join(',');

const columns = [
  ...['交易时间', '公众账号ID', '商户号', '特约商户号', '设备号', '微信订单号', '商户订单号', '用户标识'],
  ...[
    '交易类型',
    '交易状态',
    '付款银行',
    '货币种类',
    '应结订单金额',
    '代金券金额',
    '微信退款单号',
    '商户退款单号',
  ],
  ...['退款金额', '充值券退款金额', '退款类型', '退款状态', '商品名称', '商户数据包', '手续费', '费率'],
  ...['订单金额', '申请退款金额', '费率备注'],
];
const totalColumns = [
  ...['总交易单数', '应结订单总金额', '退款总金额', '充值券退款总金额', '手续费总金额'],
  ...['订单总金额', '申请退款总金额'],
];
