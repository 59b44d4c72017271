import { saidOfInspections } from './inspections';
import { saidInParts } from './parts';
import { saidOfPlantYears } from './plant-year';
import { saidOfReading } from './reading';
import { saidOfRules } from './rules';
import { saidByService } from './service';
import { saidOfSheets } from './sheets';
import { saidOfTypes } from './types';

/**
 * Every sentence that the rules, the judge, the readers and the service make, by its English with `{}` where something is filled in. A test
 * reads the sources and finds each of theirs here: what is said in one language alone cannot be built.
 */
export const said: Readonly<Record<string, string>> = {
  ...saidInParts,
  ...saidOfRules,
  ...saidOfTypes,
  ...saidOfReading,
  ...saidOfSheets,
  ...saidOfPlantYears,
  ...saidOfInspections,
  ...saidByService,
};
