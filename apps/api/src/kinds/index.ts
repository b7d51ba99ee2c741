import type { ApiKinds } from './api-kind.ts';
import { revenueKind } from './revenue.ts';

/** What can be imported. A kind that is added to the contract does not compile until it is described here. */
export const apiKinds: ApiKinds = { revenue: revenueKind };
