import type { Static, TSchema } from '@sinclair/typebox';
import { Ajv, type ErrorObject } from 'ajv';

/** Formats describe what we answer; what we take is ruled by patterns. */
const ajv = new Ajv({ validateFormats: false });

/** A check compiled from a schema; `errors` tells why the last value was refused. */
export interface Check<T> {
  (value: unknown): value is T;
  errors?: ErrorObject[] | null;
}

/** Compiles a schema into a check. Nothing is coerced, removed or filled in: a value fits as it is or not at all. */
export function compile<T extends TSchema>(schema: T): Check<Static<T>> {
  return ajv.compile<Static<T>>(schema);
}
