import type { Static, TSchema } from '@sinclair/typebox';
import { Ajv, type ErrorObject } from 'ajv';

/** Does not validate formats: they only describe answers. Patterns check what clients send. */
const ajv = new Ajv({ validateFormats: false });

/**
 * For parameters in an address: converts their text, and fills in defaults. `strictNumbers` would leave a text that becomes
 * an infinite number, such as 1e999, without the checks of numbers: no maximum would bound it.
 */
const parametersAjv = new Ajv({
  validateFormats: false,
  coerceTypes: true,
  useDefaults: true,
  strictNumbers: false,
});

/** A check compiled from a schema. `errors` holds the reasons for which the last value did not fit. */
export interface Check<T> {
  (value: unknown): value is T;
  errors?: ErrorObject[] | null;
}

/** Compiles a schema into a check that never changes the value: it converts, removes and fills in nothing. */
export function compile<T extends TSchema>(schema: T): Check<Static<T>> {
  return ajv.compile<Static<T>>(schema);
}

/** Compiles a schema of parameters in an address into a check that converts their text to the types of the schema. */
export function compileParameters<T extends TSchema>(schema: T): Check<Static<T>> {
  return parametersAjv.compile<Static<T>>(schema);
}
