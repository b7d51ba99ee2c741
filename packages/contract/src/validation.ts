import type { Static, TSchema } from '@sinclair/typebox';
import { Ajv, type ErrorObject } from 'ajv';

/** Formats describe what we answer; what we take is ruled by patterns. */
const ajv = new Ajv({ validateFormats: false });

/** Parameters in an address are all text; defaults are filled in where one is absent. */
const parametersAjv = new Ajv({ validateFormats: false, coerceTypes: true, useDefaults: true });

/** A check compiled from a schema; `errors` tells why the last value was refused. */
export interface Check<T> {
  (value: unknown): value is T;
  errors?: ErrorObject[] | null;
}

/** Compiles a schema into a check. Nothing is coerced, removed or filled in: a value fits as it is or not at all. */
export function compile<T extends TSchema>(schema: T): Check<Static<T>> {
  return ajv.compile<Static<T>>(schema);
}

/** Compiles a schema of parameters in an address into a check, which turns their text into what the schema wants. */
export function compileParameters<T extends TSchema>(schema: T): Check<Static<T>> {
  return parametersAjv.compile<Static<T>>(schema);
}
