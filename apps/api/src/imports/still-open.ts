import type { Static } from '@sinclair/typebox';
import type { ProcessingResponse } from '@trackly/contract';
import type { FastifyReply } from 'fastify';

import { importUrl } from './import-state.ts';

const RETRY_AFTER_SECONDS = 2;

/** Answers 202 with the address of the import's state: the request is in the ledger, but has no outcome yet. */
export function stillOpen(
  reply: FastifyReply,
  importId: string,
  status: 'processing' | 'undoing',
): Static<typeof ProcessingResponse> {
  const statusUrl = importUrl(importId);
  reply.code(202).header('location', statusUrl).header('retry-after', RETRY_AFTER_SECONDS);
  return { import_id: importId, status, status_url: statusUrl };
}
