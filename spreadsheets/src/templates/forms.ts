import { allowanceBookingsForm, ccerCancellationsForm, offsetApplicationForm, offsetFormsForm } from './exchange-forms';
import { enterpriseInspectionForm, verifierInspectionForm } from './inspection-forms';
import { annualReportForm, labResultsForm, monthlyEvidenceForm, stockForm } from './plant-forms';
import type { TemplateKind } from '../kinds';
import type { FormRules, TemplateSpec } from './spec';

const forms: Readonly<Record<TemplateKind, (rules: FormRules) => TemplateSpec>> = {
  'monthly-evidence': monthlyEvidenceForm,
  'lab-results': labResultsForm,
  stock: stockForm,
  'annual-report': annualReportForm,
  'self-inspection-enterprise': enterpriseInspectionForm,
  'self-inspection-verifier': verifierInspectionForm,
  'offset-application': offsetApplicationForm,
  'ccer-cancellations': ccerCancellationsForm,
  'allowance-bookings': allowanceBookingsForm,
  'offset-forms': offsetFormsForm,
};

/** A form with the columns, units and decimals of the rules of a year. */
export function templateOf(kind: TemplateKind, rules: FormRules): TemplateSpec {
  return forms[kind](rules);
}
