import { formFields, type RecordType } from '@carbon-ledger/core';
import type { ColumnSpec, TableSpec } from '../tables/spec';
import type { ValueRule } from '../values/value';
import { fieldColumn, nameColumn, usccColumn, yearColumn } from './columns';
import type { TemplateSpec } from './spec';

/** The column of a field of a record type, with the headers under which registries write it. */
function own(type: RecordType, name: string, more: Partial<ColumnSpec> = {}): ColumnSpec {
  const field = formFields(type).find((one) => one.name === name);
  if (!field) throw new Error(`${type} has no field ${name}`);
  return { ...fieldColumn(field), ...more };
}

const day: ValueRule = { kind: 'day' };
const code: ValueRule = { kind: 'code' };

const projectRef = own('ccer-lot', 'projectRef', {
  synonyms: ['项目编号', '项目号', '项目备案号', '减排项目编号', 'project', 'project id'],
});
const quantity = own('ccer-lot', 'qty', {
  synonyms: ['注销量', '抵销量', '数量', '注销数量', '核销数量', '登记数量', 'quantity'],
});

const purposeColumn = ((): ColumnSpec => {
  const column = own('ccer-cancellation', 'purpose', { synonyms: ['注销类型', '注销原因', '用途'] });
  const choices = column.rule.kind === 'choice' ? column.rule.choices : {};
  const synonyms = {
    'national-offset': ['全国履约抵销', '履约抵销', '配额清缴抵销', '全国碳市场配额清缴'],
    voluntary: ['自愿抵销', '碳中和', '公益注销'],
    'pilot-market': ['试点履约', '试点市场抵销', '地方履约'],
  };
  return { ...column, rule: { kind: 'choice', choices, synonyms } };
})();

/** Rows of the CCER registry: what was cancelled, the file of every day after 17:00. */
export const cancellationTable: TableSpec = {
  id: 'cancellations',
  title: { zh: '注销记录', en: 'Cancellations' },
  columns: [
    {
      id: 'cancellationNo',
      title: { zh: '注销记录编号', en: 'Cancellation number' },
      rule: code,
      required: false,
      synonyms: ['注销编号', '业务流水号', '流水号'],
    },
    nameColumn,
    usccColumn,
    own('ccer-cancellation', 'account', {
      synonyms: ['自愿减排注册登记系统账户ID', '自愿减排注册登记系统账户', 'CCER账户', '账户ID', '账户编号', '账户'],
    }),
    { ...yearColumn, required: false },
    projectRef,
    own('ccer-lot', 'projectName', { required: false, rule: { kind: 'words' } }),
    own('ccer-lot', 'serialFrom', { required: false, synonyms: ['起始编号', '起始号', '序列号起', 'serial from'] }),
    own('ccer-lot', 'serialTo', { required: false, synonyms: ['截止编号', '终止号', '序列号止', 'serial to'] }),
    quantity,
    purposeColumn,
    own('ccer-cancellation', 'cancelledOn', {
      rule: { kind: 'moment' },
      synonyms: ['注销时间', '注销日', '完成时间', 'cancelled'],
    }),
    {
      id: 'registeredOn',
      title: { zh: '减排量登记日期', en: 'Reductions registered on' },
      rule: day,
      required: false,
      synonyms: ['登记日期', '减排量备案日期', '备案日期', '签发日期'],
    },
    {
      id: 'facility',
      title: { zh: '项目设施编码', en: 'Facility of the project' },
      rule: code,
      required: false,
      synonyms: ['排污许可证编号及设施编码', '设施编码'],
    },
  ],
};

/** Rows of the allowance registry: what was booked as offset. */
export const bookingTable: TableSpec = {
  id: 'bookings',
  title: { zh: '抵销登记', en: 'Bookings' },
  columns: [
    {
      id: 'bookingNo',
      title: { zh: '抵销登记编号', en: 'Booking number' },
      rule: code,
      required: false,
      synonyms: ['登记编号', '业务流水号', '流水号'],
    },
    {
      id: 'cancellationNo',
      title: { zh: '对应注销记录编号', en: 'Of cancellation number' },
      rule: code,
      required: false,
      synonyms: ['注销记录编号', '注销编号'],
    },
    nameColumn,
    usccColumn,
    own('offset-application', 'allowanceAccount', {
      id: 'account',
      required: false,
      synonyms: ['全国碳排放权注册登记系统账户ID', '配额账户', '账户ID', '账户编号', '账户'],
    }),
    yearColumn,
    projectRef,
    quantity,
    {
      id: 'bookedOn',
      title: { zh: '抵销登记日期', en: 'Booked on' },
      rule: day,
      required: true,
      synonyms: ['登记日期', '登记时间', '抵销日期', '入账日期', 'booked'],
    },
  ],
};

/** Rows of the provinces: one for each project of each application that was confirmed. */
export const applicationTable: TableSpec = {
  id: 'applications',
  title: { zh: '抵销申请', en: 'Applications' },
  columns: [
    nameColumn,
    usccColumn,
    own('offset-application', 'ccerAccount', { required: false, synonyms: ['自愿减排注册登记系统账户ID'] }),
    own('offset-application', 'allowanceAccount', { required: false, synonyms: ['全国碳排放权注册登记系统账户ID'] }),
    yearColumn,
    own('offset-application', 'obligation_t', { synonyms: ['应清缴配额总量', '应清缴量', '应清缴配额'] }),
    projectRef,
    {
      ...quantity,
      title: { zh: '申请注销量', en: 'Quantity applied for' },
      synonyms: [...(quantity.synonyms ?? []), '申请抵销量', '确认抵销量'],
    },
  ],
};

export function ccerCancellationsForm(): TemplateSpec {
  return {
    kind: 'ccer-cancellations',
    version: 1,
    title: { zh: '对账文件：自愿减排注册登记机构注销记录', en: 'Reconciliation: cancellations of the CCER registry' },
    remark: {
      zh: '每笔注销一行。项目编号、序列号、账户保持文本格式。',
      en: 'One row a cancellation. Numbers of projects, serial numbers and accounts stay text.',
    },
    tables: [cancellationTable],
  };
}

export function allowanceBookingsForm(): TemplateSpec {
  return {
    kind: 'allowance-bookings',
    version: 1,
    title: { zh: '对账文件：注册登记机构抵销登记', en: 'Reconciliation: bookings of the allowance registry' },
    remark: { zh: '每笔抵销登记一行。', en: 'One row a booking.' },
    tables: [bookingTable],
  };
}

export function offsetFormsForm(): TemplateSpec {
  return {
    kind: 'offset-forms',
    version: 1,
    title: { zh: '对账文件：省级主管部门抵销申请汇总', en: 'Reconciliation: applications collected by a province' },
    remark: { zh: '每个申请的每个项目一行。', en: 'One row for each project of each application.' },
    tables: [applicationTable],
  };
}

/** 抵销申请表: annex 4 of the notice of 2021-11-04. Contact data stay in the document and are not filed. */
export function offsetApplicationForm(): TemplateSpec {
  const fields = formFields('offset-application');
  const rows = fields.find(({ name }) => name === 'rows')?.item?.fields ?? [];
  const contact = (id: string, zh: string, en: string): ColumnSpec => ({
    id,
    title: { zh, en },
    rule: { kind: 'words' },
    required: false,
  });
  return {
    kind: 'offset-application',
    version: 1,
    title: { zh: '使用CCER抵销配额清缴申请表', en: 'Application to offset with CCER' },
    remark: {
      zh: '申请单位一行；“抵销项目”表每个项目一行。比例 = 申请抵销量 ÷ 应清缴配额总量，保留两位小数。联系人信息仅留存于文件，不上链。',
      en: 'One row for the applicant; one row a project on the second sheet. Contacts stay in the document.',
    },
    tables: [
      {
        id: 'application',
        title: { zh: '申请单位', en: 'Applicant' },
        columns: [
          usccColumn,
          yearColumn,
          ...fields.filter(({ kind }) => kind !== 'list').map((field) => fieldColumn(field)),
          contact('contact', '联系人', 'Contact'),
          contact('telephone', '联系电话', 'Telephone'),
          contact('mail', '联系邮箱', 'E-mail'),
        ],
        key: ['uscc', 'year'],
      },
      {
        id: 'projects',
        title: { zh: '抵销项目', en: 'Projects' },
        columns: rows.map((field) => fieldColumn(field)),
      },
    ],
    files: 'offset-application',
  };
}
