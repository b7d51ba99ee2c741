import { Type, type Static } from '@sinclair/typebox';

/** What the answer to a refused request says besides error and code: the fields of some codes. */
export const errorDetails = {
  import_name: Type.Optional(
    Type.String({ description: 'With `already_imported`: the name under which the records were imported before.' }),
  ),
  import_id: Type.Optional(
    Type.String({ format: 'uuid', description: 'With `already_imported`: the id of the earlier import.' }),
  ),
  in_use: Type.Optional(
    Type.Record(Type.String(), Type.Integer({ minimum: 1 }), {
      description: 'With `import_in_use`: what refers to what the import has made, as numbers by name.',
    }),
  ),
};
export type ErrorDetails = { [Name in keyof typeof errorDetails]?: Static<(typeof errorDetails)[Name]> };

/** The answer to a refused request. */
export const ErrorResponse = Type.Object({
  error: Type.String({ description: 'The reason, for people.' }),
  code: Type.Optional(Type.String({ description: 'The reason, for programs.' })),
});
