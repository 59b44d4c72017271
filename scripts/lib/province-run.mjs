// Screens a generated province and says what was found of what was planted, and what was said of honest plants.
import { performance } from 'node:perf_hooks';

/** @param screening `{ screenBooks, shelvedScreening }` of core, @param Province of plant-year */
export async function runProvince({ screenBooks, shelvedScreening }, Province, options) {
  const rules = shelvedScreening();
  const province = new Province(options);
  const started = performance.now();
  const memory = memoryOf();
  const { result, digest } = await screenBooks({
    rules,
    scope: { of: 'region', code: '14', year: '2024' },
    books: () => province.sources(),
    memory,
  });
  const seconds = (performance.now() - started) / 1000;
  return { result, digest, seconds, ...assessed(result, province, options) };
}

function memoryOf() {
  const known = new Map();
  return {
    get: (uscc) => Promise.resolve(known.get(uscc)),
    set: (uscc, one) => Promise.resolve(void known.set(uscc, one)),
  };
}

const speaks = ({ severity }) => severity !== 'I';

function assessed(result, province, { plants }) {
  const planted = province.planted();
  const touched = new Set(planted.flatMap(({ keys }) => keys));
  const cheats = new Set(planted.map(({ plant }) => plant));
  const spoken = result.findings.filter(speaks);
  const honest = spoken.filter(({ at }) => !cheats.has(at.split('/')[0]));
  const kinds = [...new Set(planted.map(({ fraud }) => fraud.kind))].map((kind) =>
    kindRow(kind, planted, spoken, touched),
  );
  const ran = Object.values(result.rules).reduce((sum, count) => sum + count.ran, 0);
  const unitMonths = new Set(honest.map(({ at }) => at.split('/').slice(0, 3).join('/')));
  const inTime = new Set(
    honest.filter(({ rule }) => rule !== 'R-D04').map(({ at }) => at.split('/').slice(0, 3).join('/')),
  );
  const honestMonths = province.unitMonths() - planted.reduce((sum, { months }) => sum + months, 0);
  const share = (plants - cheats.size) / plants;
  const warned = {
    evaluations: honest.length / (ran * share),
    unitMonths: unitMonths.size / honestMonths,
    unitMonthsInTime: inTime.size / honestMonths,
  };
  const byRule = {};
  for (const { rule } of honest) byRule[rule] = (byRule[rule] ?? 0) + 1;
  return {
    kinds,
    warned,
    ran,
    honest: honest.length,
    honestPlants: plants - cheats.size,
    cheats: cheats.size,
    byRule,
    honestFindings: honest,
  };
}

function kindRow(kind, planted, spoken, touched) {
  const own = planted.filter(({ fraud }) => fraud.kind === kind);
  const { rules, like } = own[0].fraud;
  const isSeen = ({ keys }) =>
    spoken.some(
      ({ rule, at, touches }) =>
        rules.includes(rule) && (keys.includes(at) || touches.some((one) => keys.includes(one.split('#')[0]))),
    );
  const seen = own.filter(isSeen).length;
  const byRules = spoken.filter(({ rule }) => rules.includes(rule));
  const right = byRules.filter(
    ({ at, touches }) => touched.has(at) || touches.some((one) => touched.has(one.split('#')[0])),
  ).length;
  return {
    kind,
    like,
    rules,
    planted: own.length,
    seen,
    recall: seen / own.length,
    spoken: byRules.length,
    precision: byRules.length === 0 ? 1 : right / byRules.length,
  };
}
