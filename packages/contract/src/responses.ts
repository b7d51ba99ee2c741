import { Type } from '@sinclair/typebox';

/** The answer to a request that was refused as a whole. */
export const ErrorResponse = Type.Object({
  error: Type.String({ description: 'What went wrong, for people.' }),
  code: Type.Optional(Type.String({ description: 'What went wrong, for programs.' })),
});
