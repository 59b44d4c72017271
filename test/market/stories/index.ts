import type { Story } from '../market';
import { conservativeEstimate } from './conservative-estimate';
import { defaulted, lateDefault, provincialAccount } from './defaults';
import { capOvershoot, offsetOf2021, offsetOf2023, offsetOf2025 } from './offsets';
import { transfers } from './transfers';

/** Every story of the market. Each is told on the rules in memory, on the embedded peer and on genuine Fabric alike. */
export const stories: readonly Story[] = [
  conservativeEstimate,
  transfers,
  offsetOf2021,
  offsetOf2023,
  offsetOf2025,
  capOvershoot,
  defaulted,
  lateDefault,
  provincialAccount,
];
