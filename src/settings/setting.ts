import { z } from 'zod';

export interface Setting<S extends z.ZodType> {
  readonly schema: S;
  readonly default: z.infer<S>;
  readonly unit: string;
  readonly help: string;
}

export const setting = <S extends z.ZodType>(
  schema: S,
  byDefault: z.infer<S>,
  unit: string,
  help: string,
): Setting<S> => ({ schema, default: byDefault, unit, help });

export const MiB = 1024 * 1024;
export const count = z.coerce.number().int().min(1);
export const size = z.coerce.number().int().min(1);
export const wait = z.coerce.number().int().min(0);
