import type { ApiKinds } from './api-kind.ts';
import { revenueKind } from './revenue.ts';

/** The kinds that can be imported. Does not compile if the contract has a kind that is missing here. */
export const apiKinds: ApiKinds = { revenue: revenueKind };
