import type { OrderAct } from '../../api/ratings.ts';

/** What each act is called, what it leads to, and what is asked for. */
export const actWords: Record<
  OrderAct['do'],
  { readonly button: string; readonly text: string; readonly hint: string; readonly done: string }
> = {
  contact: {
    button: '已联系市民',
    text: '记下与市民沟通的情况，开始整改。',
    hint: '市民说了什么，约定怎么办',
    done: '已记录，进入整改',
  },
  handOver: {
    button: '转办',
    text: '改由另一个部门整改，期限不变。',
    hint: '为什么转办',
    done: '已转办',
  },
  extend: {
    button: '延长期限',
    text: '延长到收到差评后 15 个工作日，只能延长一次。',
    hint: '为什么需要更长时间',
    done: '期限已延长',
  },
  answer: {
    button: '答复市民',
    text: '答复会发给市民，市民可以追评一次。',
    hint: '查明了什么，已经怎样改',
    done: '已答复',
  },
  appeal: {
    button: '申诉为误评',
    text: '由另一位同事核实决定；核实期间整改暂停。',
    hint: '为什么认为评错了',
    done: '申诉已提交',
  },
  agree: {
    button: '同意申诉',
    text: '这条评价保留，但不再计入统计。',
    hint: '核实的结果',
    done: '已同意申诉',
  },
  refuse: {
    button: '不同意申诉',
    text: '退回承办部门继续整改。',
    hint: '核实的结果',
    done: '已退回整改',
  },
};
