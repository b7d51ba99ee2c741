import {
  inUse,
  isMissing,
  textOrNull,
  type Drawn,
  type ImportFacts,
  type Offer,
  type Outcome,
  type State,
  type UndoOutcome,
} from './state.ts';

type NewOffer = Offer & { index: number };

/** What an import of offers does, one record after the other. */
export function importOffers(state: State, facts: ImportFacts, records: readonly Drawn[]): Outcome {
  const errors: Outcome['errors'] = [];
  const warnings: Outcome['warnings'] = [];
  const fresh: NewOffer[] = [];
  let skipped = 0;
  for (const [index, record] of records.entries()) {
    const code = errorOf(record);
    if (code !== undefined) {
      errors.push({ index, code, fields: { id: textOrNull(record['id']) } });
      continue;
    }
    const offer = offerOf(record, index, facts);
    const before = [...state.offers, ...fresh].find(({ id }) => id === offer.id);
    if (!before) {
      fresh.push(offer);
      continue;
    }
    skipped += 1;
    if (differs(offer, before)) warnings.push({ index, code: 'duplicate_differs' });
  }
  const placeOf = (offer: NewOffer) => facts.savedOffers.findIndex(({ index }) => index === offer.index);
  for (const offer of fresh.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    const isTaken = offer.externalId !== null && state.offers.some((other) => other.externalId === offer.externalId);
    if (isTaken) warnings.push({ index: offer.index, code: 'external_id_taken' });
    state.offers.push(offer);
  }
  warnings.sort((a, b) => a.index - b.index);
  return { saved: fresh.length, errors, warnings, skipped, counts: {}, nothing: {}, notices: {} };
}

/** Removes what an import of offers has made, unless revenue refers to it. */
export function undoOffers(state: State, number: number): UndoOutcome {
  const own = state.offers.filter((offer) => offer.import === number);
  const revenue = state.revenue.filter(({ offerId }) => own.some(({ id }) => id === offerId)).length;
  const refused = inUse({ revenue });
  if (refused) return refused;
  state.offers = state.offers.filter((offer) => !own.includes(offer));
  return { removed_count: own.length };
}

function errorOf({ name, payout, status }: Drawn): string | undefined {
  if (isMissing(name)) return 'missing_name';
  if (payout !== undefined && (typeof payout !== 'number' || payout < 0)) return 'invalid_payout';
  return status === undefined || status === 'active' || status === 'paused' ? undefined : 'invalid_status';
}

function offerOf(record: Drawn, index: number, { number, acceptedAt, savedOffers }: ImportFacts): NewOffer {
  const { id, name, tracking_url: url, external_id: externalId, payout, status } = record;
  return {
    id: textOrNull(id) ?? savedOffers.find((saved) => saved.index === index)?.id ?? `(${index})`,
    name: String(name),
    trackingUrl: textOrNull(url),
    externalId: textOrNull(externalId),
    payout: typeof payout === 'number' ? payout : 0,
    status: textOrNull(status) ?? 'active',
    acceptedAt,
    import: number,
    index,
  };
}

function differs(offer: Offer, before: Offer): boolean {
  const names = ['name', 'trackingUrl', 'externalId', 'payout', 'status'] as const;
  return names.some((name) => offer[name] !== before[name]);
}
