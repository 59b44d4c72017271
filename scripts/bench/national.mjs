// A national year through the real service: every emitter of the four sectors files its year, reviews and returned months in it.
import { quantile } from './load.mjs';
import { driveChains } from './mixed.mjs';
import { bodyOf, kinds, recordsOf, registrations, rulesOf } from './plant-kinds.mjs';
import { fine, table, whole } from './table.mjs';

/** Of a month's evidence, as much comes on its last day (day 40). */
const PEAK_SHARE = 0.35;
const USUAL = 16;
const PEAK = 256;
/** Emitters that are made and signed beforehand, and then filed: memory holds no more of them. */
const COHORT = 170;
const MONTH = /^\d{4}-\d{2}$/;

/** What comes before the months, each month, and what comes after them: indexes 0, 1 to 12, 13. */
function waveOf(record, isBeforeMonths) {
  const { period } = record.subject;
  if (MONTH.test(period)) return Number(period.slice(5));
  return isBeforeMonths ? 0 : 13;
}

/** A plant's records by wave, each in the order of filing. */
function wavesOf(records) {
  const waves = Array.from({ length: 14 }, () => []);
  let isBeforeMonths = true;
  for (const built of records) {
    if (built.record.type === 'monthly-evidence') isBeforeMonths = false;
    waves[waveOf(built.record, isBeforeMonths)].push(built);
  }
  return waves;
}

/** The next emitters of every sector, in the proportions of the market. */
function* cohorts(share) {
  const left = kinds.flatMap((kind) =>
    Array.from({ length: Math.max(1, Math.round(kind.plants / share)) }, (_, number) => ({ kind, number })),
  );
  // Sectors lie evenly over the whole: the n-th plant of a sector stands at its share of the way.
  left.sort((a, b) => a.number / a.kind.plants - b.number / b.kind.plants);
  for (let at = 0; at < left.length; at += COHORT) yield left.slice(at, at + COHORT);
}

/** @returns for each wave, for each plant, the bodies of its submissions */
async function signed(cohort, { ledger, msps, rules, post, told }) {
  const waves = Array.from({ length: 14 }, () => []);
  for (const { kind, number } of cohort) {
    const { own, plan } = kind.copy(number);
    for (const body of await registrations(ledger, msps, [own])) await post(body);
    const records = recordsOf(kind, plan, rules.get(kind));
    for (const { record, figures } of records) told(kind, record, figures);
    for (const [wave, part] of wavesOf(records).entries())
      waves[wave].push(await Promise.all(part.map((built) => bodyOf(ledger, built))));
  }
  return waves;
}

class Tally {
  emitters = 0;
  submissions = 0;
  figures = 0;
  seconds = 0;
  usual = [];
  peak = [];
  sectors = new Map();
  types = new Map();

  record(kind, { type }, figures) {
    this.figures += figures.length;
    this.sectors.set(kind.name, (this.sectors.get(kind.name) ?? 0) + 1);
    this.types.set(type, (this.types.get(type) ?? 0) + 1);
  }

  add({ count, seconds, times }, isPeak) {
    this.submissions += count;
    this.seconds += seconds;
    for (const time of times) (isPeak ? this.peak : this.usual).push(time);
  }
}

async function drive(waves, tally, post) {
  for (const [wave, chains] of waves.entries()) {
    const isMonth = wave > 0 && wave < 13;
    const late = isMonth ? Math.round(chains.length * PEAK_SHARE) : 0;
    const [early, last] = [chains.slice(late), chains.slice(0, late)];
    tally.add(await driveChains(early, USUAL, post), false);
    if (last.length > 0) tally.add(await driveChains(last, PEAK, post), true);
  }
}

/**
 * Files 1/share of a national year.
 * @param {{client: object, ledger: string, msps: string[], importYear: (file: string) => Promise<unknown>, post: (body: string) => Promise<void>, rss: () => number, share: number}} options
 */
/** What the withdrawal of the power sector's parameters would change, asked as the nation: they are behind every power plant's year. */
async function parameterImpact({ client, id, rss }) {
  const begun = performance.now();
  let first = 0;
  let told;
  let most = 0;
  for await (const row of client.impactByParty(id, { price: '90' })) {
    if (first === 0) first = performance.now() - begun;
    most = Math.max(most, rss());
    told = row.whole;
  }
  const seconds = (performance.now() - begun) / 1000;
  table(
    'Impact of the power sector\u2019s parameters, party by party, streamed',
    ['parties', 'records', 'figures', 'first row ms', 'whole s', 'most memory MiB'],
    [[whole(told.parties), whole(told.records), whole(told.figures), fine(first), fine(seconds), whole(most)]],
  );
}

export async function nationalYear({ client, authority, ledger, msps, importYear, post, rss, share }) {
  const rules = new Map();
  for (const kind of kinds) {
    await importYear(kind.sample);
    rules.set(kind, await rulesOf(client, kind));
    for (const body of await registrations(ledger, msps, [kind.city])) await post(body);
  }
  const tally = new Tally();
  const rows = [];
  const told = (kind, record, figures) => tally.record(kind, record, figures);
  for (const cohort of cohorts(share)) {
    const before = { submissions: tally.submissions, seconds: tally.seconds };
    await drive(await signed(cohort, { ledger, msps, rules, post, told }), tally, post);
    tally.emitters += cohort.length;
    const rate = (tally.submissions - before.submissions) / (tally.seconds - before.seconds);
    rows.push([whole(tally.emitters), whole(tally.submissions), whole(rate), whole(rss())]);
  }
  report(tally, rows, share);
  const power = kinds.find(({ name }) => name === 'power');
  await parameterImpact({ client: authority, id: rules.get(power).parameters.id, rss });
}

function report(tally, rows, share) {
  for (const times of [tally.usual, tally.peak]) times.sort((a, b) => a - b);
  const part = share === 1 ? 'whole' : `1/${String(share)}`;
  table(
    `A national year (${part}): ${whole(tally.emitters)} emitters, ${whole(tally.figures)} figures, one record a submission`,
    ['emitters so far', 'submissions so far', 'per second', 'memory MiB'],
    rows,
  );
  table(
    'the same',
    ['hours', 'concurrency', 'p50 ms', 'p95 ms', 'p99 ms'],
    [
      ['usual', USUAL, ...[0.5, 0.95, 0.99].map((q) => fine(quantile(tally.usual, q)))],
      [
        `last day (${String(PEAK_SHARE * 100)} % of a month)`,
        PEAK,
        ...[0.5, 0.95, 0.99].map((q) => fine(quantile(tally.peak, q))),
      ],
    ],
  );
  table('of these sectors', ['sector', 'records'], [...tally.sectors]);
  table(
    'of these types',
    ['type', 'records'],
    [...tally.types].sort((a, b) => b[1] - a[1]),
  );
  const minutes = tally.seconds / 60;
  const all = (minutes * kinds.reduce((sum, { plants }) => sum + plants, 0)) / tally.emitters;
  console.log(
    `\ncommitted in ${fine(minutes)} minutes (${whole(tally.submissions / tally.seconds)} a second), making and signing not counted` +
      `${share === 1 ? '' : `; a whole year by the same rate: ${fine(all)} minutes`} (aim: 30)`,
  );
}
