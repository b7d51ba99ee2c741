import { Type } from '@sinclair/typebox';

/** A text that may be null. */
export function textOrNull(description?: string) {
  return Type.Unsafe<string | null>({ type: ['string', 'null'], ...(description !== undefined && { description }) });
}

/** A time that may be null. */
export function timeOrNull(description?: string) {
  return Type.Unsafe<Date | null>({
    type: ['string', 'null'],
    format: 'date-time',
    ...(description !== undefined && { description }),
  });
}
