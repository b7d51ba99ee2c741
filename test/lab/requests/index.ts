import { importKinds, type ImportKind } from '@trackly/contract';

import type { Random } from '../random.ts';
import { buildContactsRequest } from './contacts.ts';
import { buildOffersRequest } from './offers.ts';
import type { LabRequest, RequestShape } from './request.ts';
import { buildRevenueRequest } from './revenue.ts';
import { buildSendsRequest } from './sends.ts';

const builders: Record<ImportKind, (key: string, shape: RequestShape, random: Random) => LabRequest> = {
  revenue: buildRevenueRequest,
  sends: buildSendsRequest,
  contacts: buildContactsRequest,
  offers: buildOffersRequest,
};

const RATES: Record<ImportKind, number> = { revenue: 4, sends: 3, contacts: 2, offers: 1 };

/** The kinds of ten requests: mostly what there is most of. */
export const MIX = importKinds.flatMap((kind) => Array.from({ length: RATES[kind] }, () => kind));

/** Builds a request of a kind. The same choices build the same request. */
export function buildRequest(kind: ImportKind, key: string, shape: RequestShape, random: Random): LabRequest {
  return builders[kind](key, shape, random);
}
