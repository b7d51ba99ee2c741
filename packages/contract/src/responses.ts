import { Type, type Static } from '@sinclair/typebox';

import { RevenueImportResponse } from './revenue/response.ts';

/** The answer to a request that was refused as a whole. */
export const ErrorResponse = Type.Object({
  error: Type.String({ description: 'What went wrong, for people.' }),
  code: Type.Optional(Type.String({ description: 'What went wrong, for programs.' })),
});

/** The answer when an import takes longer than the client waits. */
export const ProcessingResponse = Type.Object({
  import_id: Type.String({ format: 'uuid' }),
  status: Type.Literal('processing'),
  status_url: Type.String(),
});

const timestamp = Type.Unsafe<Date>(Type.String({ format: 'date-time' }));

export const ImportResponse = Type.Object({
  import_id: Type.String({ format: 'uuid' }),
  kind: Type.String(),
  status: Type.Union([Type.Literal('processing'), Type.Literal('completed')]),
  record_count: Type.Integer(),
  processed_count: Type.Integer(),
  created_at: timestamp,
  completed_at: Type.Union([timestamp, Type.Null()]),
  result: Type.Optional(RevenueImportResponse),
});
export type ImportResponse = Static<typeof ImportResponse>;
