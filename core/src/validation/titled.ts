import type { z } from 'zod';

/** The same schema with its words for people. */
export function titled<Schema extends z.ZodType>(schema: Schema, en: string, zh: string): Schema {
  return schema.meta({ title: en, titleZh: zh });
}
