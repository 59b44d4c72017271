import { z } from 'zod';
import { isWeekend } from '../../calendar';
import type { Fault } from '../../errors';
import { contentFault, daySchema, textSchema, titled } from '../content';
import type { CheckInput, RecordTypeSpec } from '../spec';

const daysSchema = z.array(daySchema).max(60);
const countSchema = z.int().min(1).max(60);

const workingDaysContent = z.strictObject({
  source: titled(textSchema, 'Source', '依据'),
  /** Monday to Friday, and yet off. */
  holidays: titled(daysSchema, 'Weekdays off', '放假的工作日'),
  /** Saturday or Sunday, and yet worked. */
  workdays: titled(daysSchema, 'Weekend days worked', '调休上班日'),
  /** How many working days the rules give; administrative measures, art. 16 and 27, interim regulation, art. 12. */
  periods: titled(
    z.strictObject({
      notice: titled(countSchema, 'To tell a verification result', '告知核查结果'),
      objection: titled(countSchema, 'To object', '申请复核'),
      decision: titled(countSchema, 'To decide on an objection', '作出复核决定'),
      redetermination: titled(countSchema, 'To determine allowances anew', '重新核定配额'),
    }),
    'Periods, working days',
    '期限（工作日）',
  ),
});
type WorkingDaysContent = z.infer<typeof workingDaysContent>;

const lists = { holidays: false, workdays: true } as const;

function dayFaults({ content, record }: CheckInput<WorkingDaysContent>): Fault[] {
  return (['holidays', 'workdays'] as const).flatMap((list) =>
    content[list].flatMap((day, index, days) => {
      const place = `${list}/${String(index)}`;
      if (day.slice(0, 4) !== record.subject.period) return [contentFault(place, `${day} is of another year`)];
      if (days.indexOf(day) !== index) return [contentFault(place, `${day} stands there twice`)];
      return isWeekend(day) === lists[list]
        ? []
        : [contentFault(place, `${day} is ${lists[list] ? 'worked' : 'off'} anyway: it departs from no week`)];
    }),
  );
}

/** 工作日: which days of a year are worked, and how many the rules give for what. By it all deadlines in working days are counted. */
export const workingDays: RecordTypeSpec<WorkingDaysContent> = {
  type: 'working-days',
  title: { en: 'Working days', zh: '工作日历' },
  content: workingDaysContent,
  filed: [{ by: 'national-authority', as: 'self' }],
  unit: 'none',
  period: 'year',
  process: 'continued',
  cites: () => [],
  check: dayFaults,
  example: {
    source: '国务院办公厅关于2024年部分节假日安排的通知',
    holidays: ['2024-01-01', '2024-02-12', '2024-10-01'],
    workdays: ['2024-02-04', '2024-02-18'],
    periods: { notice: 7, objection: 7, decision: 10, redetermination: 10 },
  },
};
