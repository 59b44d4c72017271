import { z } from 'zod';
import { isUscc } from '../identifiers';

/** Schemas that envelope and contents share. */
export const usccSchema = z.string().refine(isUscc, 'not a unified social credit code (GB 32100)');
export const recordIdSchema = z.string().regex(/^rec:[0-9a-f]{64}$/, 'not a record id');
