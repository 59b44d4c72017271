import type { Story } from '../market';
import { conservativeEstimate } from './conservative-estimate';

/** Every story of the market. Each is told on the rules in memory, on the embedded peer and on genuine Fabric alike. */
export const stories: readonly Story[] = [conservativeEstimate];
