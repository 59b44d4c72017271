import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sighting } from './observe';
import { World } from './world';

const PAGE = join(__dirname, '../../docs/trust-model.md');
/** `ATTACKS=write npx jest -w 1 test/attack` writes the tables of the page from the run instead of comparing them. */
const isWriting = process.env['ATTACKS'] === 'write';

export interface Attack {
  /** What is done, in the words of the table. */
  readonly what: string;
  readonly act: (world: World) => Promise<readonly Sighting[]>;
  /** What each who notices says first: `by CODE place`. Empty where nobody can notice. */
  readonly seen: readonly string[];
  /** For an attack that nobody notices: why, and what keeps it harmless or who may still find out. */
  readonly disclosed?: string;
}

interface Row {
  readonly attack: Attack;
  readonly sightings: readonly Sighting[];
}

function headline({ by, code, place }: Sighting): string {
  return [by, code, ...(place === '' ? [] : [place])].join(' ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** By who noticed, in order. */
function groupByObserver(sightings: readonly Sighting[]): readonly (readonly [Sighting, ...Sighting[]])[] {
  const groups = new Map<string, [Sighting, ...Sighting[]]>();
  for (const sighting of sightings) {
    const group = groups.get(sighting.by);
    if (group === undefined) groups.set(sighting.by, [sighting]);
    else group.push(sighting);
  }
  return [...groups.values()];
}

function formatGroup([first, ...others]: readonly [Sighting, ...Sighting[]]): string {
  const { by, code, place, message } = first;
  const also = others.length === 0 ? '' : ` Also ${others.map((other) => `\`${other.code}\``).join(', ')}.`;
  return cell(`**${by}** \`${code}\`${place === '' ? '' : ` ${place}`}: ${message.replace(/\.$/, '')}.${also}`);
}

function formatRow({ attack, sightings }: Row): string {
  const noticed = groupByObserver(sightings).map(formatGroup).join('<br>');
  const disclosed = attack.disclosed === undefined ? [] : [cell(`**nobody.** ${attack.disclosed}`)];
  return `| ${cell(attack.what)} | ${[...(noticed === '' ? [] : [noticed]), ...disclosed].join('<br>')} |`;
}

function formatTable(rows: readonly Row[]): string {
  return ['| attack | noticed by |', '|---|---|', ...rows.map(formatRow)].join('\n');
}

/** The part of the page between the markers of a section. */
function splitPage(section: string): { before: string; table: string; after: string } {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- attacks: ${section} -->\n`, `\n<!-- end: ${section} -->`];
  const from = page.indexOf(begin) + begin.length;
  const to = page.indexOf(end);
  if (from < begin.length || to < from) throw new Error(`docs/trust-model.md has no markers of ${section}`);
  return { before: page.slice(0, from), table: page.slice(from, to), after: page.slice(to) };
}

function named({ by, code, place, message }: Sighting, { names }: World): Sighting {
  return { by, code, place: names(place), message: names(message) };
}

/**
 * Declares one test for each attack, and one that holds the table in docs/trust-model.md to what was seen. Each attack
 * runs once, whichever test asks for it first.
 */
export function describeAttacks(section: string, attacks: readonly Attack[]): void {
  describe(section, () => {
    let world: World;
    const runs = new Map<Attack, Promise<readonly Sighting[]>>();
    const run = (attack: Attack): Promise<readonly Sighting[]> => {
      const begun = runs.get(attack) ?? attack.act(world).then((all) => all.map((one) => named(one, world)));
      runs.set(attack, begun);
      return begun;
    };

    beforeAll(async () => {
      world = await World.open();
    });
    afterAll(() => world.close());

    it.each(attacks.map((attack) => [attack.what, attack] as const))('%s', async (_what, attack) => {
      const sightings = await run(attack);
      expect(groupByObserver(sightings).map(([first]) => headline(first))).toEqual(attack.seen);
      expect(attack.disclosed !== undefined).toBe(sightings.length === 0);
    });

    it('is what docs/trust-model.md says', async () => {
      const rows: Row[] = [];
      for (const attack of attacks) rows.push({ attack, sightings: await run(attack) });
      const { before, table, after } = splitPage(section);
      if (isWriting) writeFileSync(PAGE, before + formatTable(rows) + after);
      else expect(table).toBe(formatTable(rows));
    });
  });
}
