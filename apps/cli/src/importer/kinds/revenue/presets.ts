import type { MappingOptions } from '../../mapping/mapping-options.ts';

/**
 * The column names in the exports of other platforms. On both platforms, users choose columns and time zone when they
 * export. The exported times do not name that zone, so users have to give it with --timezone. Neither platform knows
 * messages: the presets expect the message id in the first sub id; --map can name another column.
 */
export const presets: ReadonlyMap<string, MappingOptions> = new Map([
  [
    /*
     * TUNE, formerly HasOffers: the conversion report. The names on its page are from "Using the Conversion Report"
     * (support.tune.com/hc/en-us/articles/1500005163401), those of the API from the ConversionReport model
     * (developers.tune.com/network-models/conversionreport). Partners were called affiliates until 2019, and public
     * code that reads exports still knows "Affiliate Sub ID 1". No sample of a file is public. "Offer ID" is not among
     * the columns shown at first. Times: Report::getConversions, "in the network's default time-zone".
     */
    'tune',
    {
      map: {
        message_id: ['Partner Sub ID 1', 'Affiliate Sub ID 1', 'Stat.affiliate_info1', 'affiliate_info1'],
        offer_id: ['Offer ID', 'Stat.offer_id'],
        revenue: ['Revenue', 'Stat.revenue'],
        payout: ['Payout', 'Stat.payout'],
        timestamp: ['Date / Time', 'Stat.datetime', 'Datetime'],
      },
      default: {},
      date_format: 'yyyy-MM-dd HH:mm:ss',
    },
  ],
  [
    /*
     * Everflow: the CSV export of the conversion report. The names are from files that public code reads: exports of a
     * network have `network_offer_id` and `payout`, those of a partner `offer_id` and no payout; times are like
     * "2026-04-24 07:57:00". The documentation (POST /v1/networks/reporting/conversions/export on
     * developers.everflow.io) names no columns of the CSV; its JSON agrees on `sub1`, `revenue` and `payout`.
     */
    'everflow',
    {
      map: {
        message_id: ['sub1'],
        offer_id: ['network_offer_id', 'offer_id'],
        revenue: ['revenue'],
        payout: ['payout'],
        timestamp: ['date'],
      },
      default: {},
      date_format: 'yyyy-MM-dd HH:mm:ss',
    },
  ],
]);
