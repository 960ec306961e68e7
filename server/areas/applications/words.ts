import type { CaseState } from './contract.ts';
import type { DerivedCase } from './deriveCase.ts';

export interface CaseWords {
  readonly word: string;
  readonly tip: string;
}

type Closing = Pick<NonNullable<DerivedCase['closing']>, 'verdict' | 'granted'> | null;

/** The nine words that citizens see (and two of our own before the office has the case). */
export function wordsOf(state: CaseState, closing: Closing, delivery: 'pickUp' | 'post'): CaseWords {
  switch (state) {
    case 'sending':
      return { word: '提交中', tip: '正在送到办理系统，一般几秒钟，可以离开这个页面。' };
    case 'toConfirm':
      return { word: '待您确认', tip: '还没有提交成功，内容已保存，请确认后再提交。' };
    case 'submitted':
      return { word: '已提交', tip: '办理部门会在 5 个工作日内答复是否受理。' };
    case 'preReviewed':
      return { word: '预审中', tip: '材料初审已通过，等待正式受理。' };
    case 'correctionBefore':
    case 'correctionExamining':
      return { word: '待补正', tip: '有几项内容要补充，请尽快补正。' };
    case 'accepted':
      return { word: '已受理', tip: '部门已受理，承诺时限从受理开始计算。' };
    case 'examining':
      return { word: '审查中', tip: '部门正在审查，有结果会马上告诉您。' };
    case 'special':
      return { word: '特别程序', tip: '正在检验、评审或延长审批，这段时间不计入办理时限。' };
    case 'refused':
      return { word: '不予受理', tip: '部门没有受理，原因见下方，可以改好后重新申请。' };
    case 'withdrawn':
      return { word: '已撤回', tip: '您已撤回这次申请。' };
    case 'collected':
      return { word: delivery === 'post' ? '已送达' : '已领取', tip: '结果已经到您手上。' };
    case 'closed':
      return closedWords(closing, delivery);
  }
}

function closedWords(closing: Closing, delivery: 'pickUp' | 'post'): CaseWords {
  switch (closing?.verdict) {
    case 'transferred':
      return { word: '已转上级', tip: '这件事由上级部门继续办理。' };
    case 'returned':
      return { word: '已办结（退件）', tip: '部门退回了申请，原因见下方。' };
    case 'correctionExpired':
      return { word: '已办结（退件）', tip: '补正期限已过，这次申请已结束，可以重新申请。' };
    case 'voided':
    case 'deleted':
      return { word: '已办结（作废）', tip: '这个办件已作废，如有疑问请联系办理部门。' };
    default:
      if (closing?.granted === false)
        return { word: '已办结（不予）', tip: '部门没有准许，理由和救济途径见决定书。' };
      return {
        word: '已办结（准予）',
        tip:
          delivery === 'post'
            ? '结果正在寄给您，快递单号见下方。'
            : '结果已经办好，电子证照可以直接查看，纸质的请到窗口领取。',
      };
  }
}
