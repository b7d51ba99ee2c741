import { LIST_NUMBER_PATTERN, PHONE_NUMBER_PATTERN } from '@trackly/contract';

import { RequestError } from './request-error.ts';

/** The validator's description of why a parameter does not fit its schema. */
interface Misfit {
  /** A JSON pointer. */
  instancePath: string;
  message?: string | undefined;
  params: object;
}

/** The error for invalid parameters in an address. Names the first invalid one. */
export function parameterError(misfits: readonly Misfit[] | null | undefined): RequestError {
  const [misfit] = misfits ?? [];
  if (!misfit) return new RequestError('invalid_parameter');
  const { instancePath, message = 'is not valid', params } = misfit;
  if ('additionalProperty' in params) {
    return new RequestError('invalid_parameter', `There is no parameter ${JSON.stringify(params.additionalProperty)}.`);
  }
  // Do not show the pattern: it tells people little.
  if ('pattern' in params) {
    const isOfNumber = params.pattern === PHONE_NUMBER_PATTERN || params.pattern === LIST_NUMBER_PATTERN;
    // A + that is not encoded arrives as a space.
    const hint = isOfNumber ? ': write +15551000001 as %2B15551000001' : '';
    return new RequestError('invalid_parameter', `${instancePath.slice(1)} is not valid${hint}.`);
  }
  const choices = 'allowedValues' in params && Array.isArray(params.allowedValues) ? params.allowedValues : [];
  const expected =
    choices.length > 0 ? `must be one of ${choices.join(', ')}` : message.replace(/boolean$/, 'true or false');
  const name = 'missingProperty' in params ? '' : `${instancePath.slice(1)} `;
  return new RequestError('invalid_parameter', `${name}${expected}.`);
}
