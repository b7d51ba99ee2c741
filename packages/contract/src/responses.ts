import { Type } from '@sinclair/typebox';

/** The answer to a refused request. */
export const ErrorResponse = Type.Object({
  error: Type.String({ description: 'The reason, for people.' }),
  code: Type.Optional(Type.String({ description: 'The reason, for programs.' })),
});
