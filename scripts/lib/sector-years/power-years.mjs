// The files of the power plants' years.
import { nearBy, randomOf } from './chance.mjs';
import { coal } from './coal.mjs';
import { deadlineOf, enterpriseOf, usccOf, verifierOf } from './enterprise.mjs';
import { gas } from './gas.mjs';
import { merged } from './merged.mjs';

const plants = { coal, gas, merged };

const lab = {
  ...{ uscc: usccOf('91150100MA0MEKEY1'), name: '（虚构）青城煤质检测有限公司' },
  ...{ cmaNo: '240517250021', cmaValidTo: '2030-05-30' },
};

function powerYear({ methodology, sector, region, hasLab, yearOf, ...about }, year, seed) {
  return {
    schema: 'carbon-ledger/sector-year/v1',
    ...{ methodology, sector, year },
    enterprise: enterpriseOf({ region, ...about }),
    ...yearOf(year, nearBy(randomOf(seed))),
    ...(hasLab ? { lab } : {}),
    verifier: verifierOf(region, year),
    surrender: { deadline: deadlineOf(year) },
  };
}

/** Name of each file with what stands in it. */
export const ofPower = () =>
  Object.entries(plants).flatMap(([name, plant], index) =>
    plant.years.map((year) => [`${name}-${year}`, powerYear(plant, year, Number(year) * 10 + index)]),
  );
