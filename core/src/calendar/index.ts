export {
  addDays,
  daysBetween,
  evidenceDue,
  evidenceDueDays,
  hoursOfMonth,
  isDay,
  lastDayOfMonth,
  monthsOfYear,
  shanghaiDay,
} from './calendar';
