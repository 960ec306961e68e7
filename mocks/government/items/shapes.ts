import type { Task } from './tasks.ts';

const typeTexts: Record<string, string> = {
  '01': '行政许可',
  '05': '行政给付',
  '07': '行政确认',
  '08': '行政奖励',
  '10': '其他行政权力',
  '20': '公共服务',
};
const typeOf = (task: Task): string => task.code.slice(21, 23);
const serves = (task: Task): string => task.serves.replace('1', '个人').replace('2', '法人');

/** A row of the national exchange, lower case, with its child tables. */
export function exchangeRow(task: Task, batch: string, time: string): Record<string, unknown> {
  return {
    row_guid: `g-${task.code}`,
    task_code: task.code,
    task_version: String(task.version),
    catalog_code: task.code.slice(19, 28),
    task_name: task.name,
    task_type: typeOf(task),
    task_state: task.operation === 'D' ? '3' : '1',
    project_type: task.promise.day === '0' ? '1' : '2',
    use_level: task.code[18],
    dept_code: task.code.slice(0, 18),
    dept_name: task.department,
    server_type: task.serves,
    anticipate_day: task.anticipate.day,
    anticipate_type: task.anticipate.unit === '工作日' ? '1' : '2',
    promise_day: task.promise.day,
    promise_type: task.promise.unit === '工作日' ? '1' : '2',
    promise_explain: task.promise.explain,
    handle_flow:
      '&lt;p&gt;申请&lt;/p&gt;&lt;p&gt;受理&lt;/p&gt;&lt;p&gt;审查&lt;/p&gt;&lt;p&gt;决定&lt;/p&gt;',
    accept_condition: task.condition,
    link_way: '020-82629000',
    supervise_way: '12345',
    transact_addr: '广州市增城区荔湖街景观大道北7号',
    transact_time: '工作日 9:00-12:00，13:00-17:00',
    limit_scene_num: '1',
    is_online: '1',
    is_pay_online: task.charged ? '1' : '-1',
    is_schedule: '1',
    by_law: '《中华人民共和国行政许可法》第三十四条',
    plan_effective_date: task.effective ?? '-1',
    plan_cancel_date: task.cancel ?? '-1',
    cd_operation: task.operation,
    cd_time: time,
    cd_batch: batch,
    data_source: '440118',
    materials: task.materials.map((material, i) => ({
      order_num: String(i + 1),
      material_name: material.name,
      is_need: material.needed === '必要' ? '1' : '2',
      material_format: '1',
      material_type: '1',
      page_num: material.pages,
      source_type: '10',
      form_guid: material.form,
      example_guid: '-1',
      fill_explian: '-1',
    })),
    fee_project: task.fees.map((fee) => ({
      fee_name: fee.name,
      fee_stand: fee.standard,
      by_law: fee.law,
      is_desc: '0',
    })),
    questions: task.questions.map((each, i) => ({ order_num: String(i + 1), ...each })),
  };
}

/** The portal's answer about one matter, upper case. */
export function portalDetail(task: Task): Record<string, unknown> {
  return {
    AUDIT_ITEM: {
      CATANAME: task.name,
      TASK_CODE: task.code,
      'TASK_VERSION ': String(task.version), // with the blank it has always had
      DEPT_NAME: task.department,
      TASK_TYPE_TEXT: typeTexts[typeOf(task)] ?? '',
      SERVE_TYPE_TEXT: serves(task),
      USE_LEVEL_TEXT: '县级',
      ANTICIPATE_DAY: task.anticipate.day,
      ANTICIPATE_TYPE_TEXT: task.anticipate.unit,
      PROMISE_DAY: task.promise.day,
      PROMISE_TYPE_TEXT: task.promise.unit,
      PROMISE_EXPLAIN: task.promise.explain,
      IS_FEE_TEXT: task.charged ? '是' : '否',
      LINK_TEL: '020-82629000',
      TSTEL: '12345',
      CKBLLC: '申请<br>受理<br>审查<br>决定',
      ACCEPT_CONDITION: task.condition,
      LAW: [
        {
          LAWNAME: '中华人民共和国行政许可法',
          ACCORDINGNUMBER: '主席令第七号',
          TERMSNUMBER: '第三十四条',
          TERMSCONTENT: '',
        },
      ],
    },
    AUDIT_ITEM_EXTEND: { UNONLINEREASON: '-1' },
    AUDIT_MATERIAL: task.materials.map((material, i) => ({
      ORDERNUM: String(i + 1),
      MATERIAL_NAME: material.name,
      IS_NEED_TEXT: material.needed,
      PAGE_NUM: material.pages,
      FORM_GUID:
        material.form === '-1' ? [] : [{ ATTACHNAME: `${material.name}.xlsx`, FILEPATH: material.form }],
      EXAMPLE_GUID: [],
    })),
    AUDIT_QA: task.questions.map((each) => ({ QUESTION: each.question, ANSWER: each.answer })),
    AUDIT_CATALOG_LOBBY: [{ ADDRESS: '广州市增城区荔湖街景观大道北7号' }],
  };
}
