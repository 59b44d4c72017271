import { z } from 'zod';
import { parseDecimal } from '../decimal';
import { categorySchema, contentFault, decimalSchema, textSchema } from './content';
import { citesMethodology, recordType } from './spec';

const contentSchema = z.strictObject({
  unitName: textSchema,
  /** Rated capacity, MW. */
  capacity_MW: decimalSchema,
  /** Allocation class: I ≥ 400 MW, II < 400 MW, III non-conventional, IV gas. */
  category: categorySchema,
  categoryName: textSchema,
  facilityCode: z.string().regex(/^MF[0-9]{4}$/),
  boiler: textSchema,
  product: textSchema,
  carbonTestMode: z.enum(['daily', 'batch', 'monthly-composite']),
});
type Content = z.infer<typeof contentSchema>;

/** 数据质量控制方案 of one unit and year: what is measured how, and the facts of the unit that formulas need. */
export const qualityControlPlan = recordType<Content>({
  type: 'quality-control-plan',
  title: { en: 'Data quality control plan', zh: '数据质量控制方案' },
  content: contentSchema,
  filedBy: ['enterprise'],
  labels: 'none',
  unit: 'unit',
  period: 'year',
  about: 'self',
  cites: () => citesMethodology,
  versions: 'supersession',
  check: ({ content }) => {
    const large = parseDecimal(content.capacity_MW).gte(400);
    // Allocation plan 2023/2024: the classes are named "300 MW", but the test is rated power against 400 MW.
    if ((content.category === 'I' && !large) || (content.category === 'II' && large)) {
      return [
        contentFault(
          'category',
          `class ${content.category} does not fit a rated capacity of ${content.capacity_MW} MW`,
        ),
      ];
    }
    return parseDecimal(content.capacity_MW).lte(0)
      ? [contentFault('capacity_MW', 'the rated capacity must be positive')]
      : [];
  },
});
