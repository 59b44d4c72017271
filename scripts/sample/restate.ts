import { daysBetween, lastDayOfMonth } from '../../core/src/calendar';
import { coalPower, coalPowerParameters } from '../../core/src/methodology';
import { evidenceDue, isCompliantTest, type YearValues } from '../../core/src/rulebook';
import { evaluablesOf } from '../../plant-year/src/evaluables';
import { evaluateYear, type Evaluable, type EvaluatedYear } from '../../plant-year/src/evaluate';
import { field, fieldPointer, type UnitMonth, type UnitYear } from '../../plant-year/src/model';
import { ownLedger } from '../../plant-year/src/parties';
import { planPlantYear } from '../../plant-year/src/plan-year';
import { readPlantYearLeniently } from '../../plant-year/src/read';
import { edited, valueAt, type Json } from './pointer';

type Edits = Record<string, Json>;

function parametersOf(root: Json): ReturnType<typeof coalPowerParameters> {
  return coalPowerParameters(readPlantYearLeniently(root).year);
}

function isCompliant(part: UnitMonth, values: YearValues): boolean {
  const [issued, received] = [field(part.lab, 'issued'), field(part.lab, 'sampleReceived')];
  return issued !== undefined && received !== undefined && isCompliantTest({ issued, received }, part.month, values);
}

/** What follows from dates: days from month end, due day, whether in time, and which carbon content is used. */
function dateEdits(unit: UnitYear, part: UnitMonth, values: YearValues): Edits {
  const due = evidenceDue(part.month, values) ?? '';
  const defaultCarbon = values[`CC.${field(unit.about, 'categoryNo') ?? ''}`]?.value ?? '';
  const edits: Edits = {
    [fieldPointer(part.evidence, 'carbonBasis')]: isCompliant(part, values)
      ? 'measured'
      : `default ${defaultCarbon} tC/GJ`,
    [fieldPointer(part.evidence, 'evidenceDue')]: due,
    [fieldPointer(part.evidence, 'onTime')]: (field(part.evidence, 'evidenceSubmitted') ?? '') <= due,
  };
  const issued = field(part.lab, 'issued');
  if (!part.lab || issued === undefined) edits[fieldPointer(part.evidence, 'CarMeasured_tC_t')] = null;
  else edits[fieldPointer(part.lab, 'daysMonthEndToIssue')] = daysBetween(lastDayOfMonth(part.month), issued);
  return edits;
}

function withDates(root: Json): Json {
  const { values } = parametersOf(root);
  const edits = readPlantYearLeniently(root).units.flatMap((unit) =>
    unit.months.map((part) => dateEdits(unit, part, values)),
  );
  return edited(root, Object.assign({}, ...edits) as Edits);
}

/** Only what is stated: figures that a formula gives are left to it. */
function withoutComputed(records: readonly Evaluable[], year: EvaluatedYear): Evaluable[] {
  return records.map((record) => {
    const figures = year.get(record.key)?.scope.figures;
    const stated = Object.entries(record.figures).filter(([name]) => figures?.get(name)?.formula === undefined);
    return { ...record, figures: Object.fromEntries(stated) };
  });
}

/**
 * The same plant-year with every computed figure computed anew from its inputs, so that the file agrees with itself again:
 * what somebody would make who changes an input and hides it well, or who writes a new plant-year.
 */
export function restated(root: Json): Json {
  const file = withDates(root);
  const model = readPlantYearLeniently(file);
  const rules = { methodology: coalPower(model.year), parameters: coalPowerParameters(model.year) };
  const plan = planPlantYear(model, ownLedger(rules));
  const records = evaluablesOf(plan);
  const year = evaluateYear(withoutComputed(records, evaluateYear(records, rules)), rules);
  const edits: Edits = {};
  for (const record of plan) {
    for (const [name, { pointer }] of record.figureSources) {
      const value = year.get(record.key)?.scope.figures.get(name);
      if (value?.formula === undefined) continue;
      const isNumber = typeof valueAt(file, pointer) === 'number';
      edits[pointer] = isNumber ? Number(value.value) : value.value;
    }
  }
  return edited(file, edits);
}
