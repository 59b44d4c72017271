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
export { INSTANT_WORDS, isInstant, secondsOfInstant } from './instant';
export { workingDaysAfter, isWeekend, type WorkingDayTable } from './working-days';
