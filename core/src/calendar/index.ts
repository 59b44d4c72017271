export { addDays, daysBetween, hoursOfMonth, isDay, lastDayOfMonth, monthsOfYear, shanghaiDay } from './calendar';
export { INSTANT_WORDS, isInstant, secondsOfInstant } from './instant';
export {
  isWeekend,
  workingDaysAfter,
  workingDeadline,
  workingPeriods,
  type WorkingDayTable,
  type WorkingPeriod,
} from './working-days';
