import type { Story } from '../market';
import { movedCalendar } from './calendar';
import { batchTests, dailyTests } from './carbon-tests';
import { carryOver } from './carry-over';
import { compromisedKey } from './compromised-key';
import { conservativeEstimate } from './conservative-estimate';
import { defaulted, lateDefault, provincialAccount } from './defaults';
import { flightCheck } from './flight-check';
import { footprints } from './footprints';
import { lateMonth } from './late-month';
import { mergedUnits } from './merged-units';
import { adjustmentContested, objectionChanged, objectionUpheld } from './objection';
import { capOvershoot, offsetOf2021, offsetOf2023, offsetOf2025, offsetTakenBack } from './offsets';
import { secondFuel } from './second-fuel';
import { sharedBelt } from './shared-belt';
import { endedEngagement, offTheList, revisedPlan, suspendedLab } from './standing';
import { threeLevels } from './three-levels';
import { transfers } from './transfers';
import { withdrawnReport } from './withdrawn-report';

/** Every story of the market. Each is told on the rules in memory, on the embedded peer and on genuine Fabric alike. */
export const stories: readonly Story[] = [
  conservativeEstimate,
  lateMonth,
  threeLevels,
  objectionChanged,
  objectionUpheld,
  adjustmentContested,
  flightCheck,
  withdrawnReport,
  dailyTests,
  batchTests,
  sharedBelt,
  secondFuel,
  mergedUnits,
  compromisedKey,
  transfers,
  offsetOf2021,
  offsetOf2023,
  offsetTakenBack,
  offsetOf2025,
  capOvershoot,
  defaulted,
  lateDefault,
  provincialAccount,
  carryOver,
  movedCalendar,
  endedEngagement,
  offTheList,
  suspendedLab,
  revisedPlan,
  footprints,
];
