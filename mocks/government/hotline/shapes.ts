/** A no in the platform's own words. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** One line of a ticket's record; also what a callback tells. */
export interface TicketEvent {
  seq: number;
  status: number;
  time: string;
  dept: string;
  content: string;
  attachments: string[];
  /** 主件编号, on a merge and on all that follows the master. */
  masterNo?: string;
}

/** 工单. Times as texts, Beijing time. */
export interface Ticket {
  appealNo: string;
  queryCode: string;
  bizNo: string;
  type: string;
  title: string;
  content: string;
  areaCode: string;
  address: string;
  lng: string;
  lat: string;
  occurAt: string;
  contact: { name: string; phone: string; anonymous: boolean; secret: boolean };
  attachments: string[];
  openConsent: boolean;
  registerTime: string;
  /** 部门办理截止时间; '' before it is accepted. */
  deadline: string;
  /** When half of the time is over: from then it may be urged. */
  halfTime: string;
  /** Working days it was given. */
  days: number;
  extended: boolean;
  redone: boolean;
  /** This round's answer has its rating. */
  rated: boolean;
  masterNo: string;
  dept: string;
  /** Status of its own life; a merged ticket stays at 90 whatever is told about its master. */
  status: number;
  events: TicketEvent[];
  supplements: { bizNo: string; content: string; attachments: string[]; at: string }[];
  urges: { bizNo: string; content: string; at: string }[];
  ratings: { bizNo: string; satisfaction: string; content: string; redo: boolean; at: string }[];
  lastActAt: string;
  /** Left to people: the automatic pace does not touch it. */
  byHand: boolean;
}

export interface StoredFile {
  id: string;
  bizFileNo: string;
  name: string;
  mime: string;
  md5: string;
  size: number;
}
