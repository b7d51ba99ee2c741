import type { MappingOptions } from '../../mapping/mapping-options.ts';

/**
 * The column names in the exports of other platforms. TUNE and Everflow: users choose columns and time zone when they
 * export. The exported times do not name that zone, so users have to give it with --timezone. No platform knows
 * messages: the presets expect the message id where users can keep it, if there is such a place; --map can name another
 * column.
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
  [
    /*
     * Shopify: "Export orders" in the admin, orders_export.csv. Columns and forms are from an export in public code
     * (spec/lib/shopify_importer_spec.rb in github.com/thoughtbot/upcase) and from
     * docs.xbp.app/docs/development/integrations/shopify/order-format. Times have their zone ("2025-10-07 09:50:26
     * +0200"). An order has a row for each of its items. Only the first row has status and total, so the condition leaves
     * out the others, as well as orders that are not paid or are refunded, also in part ("partially_refunded": its Total
     * is the amount before "Refunded Amount"). No column is for ids of messages and offers: users have to name those in
     * which they kept them.
     */
    'shopify',
    {
      map: { revenue: ['Total'], timestamp: ['Created at'] },
      default: {},
      where: ['Financial Status=paid'],
    },
  ],
  [
    /*
     * Stripe: balance transactions, as "Balance > All activity > Export" writes them. Columns and forms are from what
     * public code reads (github.com/nordbergm/stripe2ofx and others); Stripe's own pages list only the columns of its
     * reports, which have other names (docs.stripe.com/reports/balance). Metadata are in columns such as
     * "message_id (metadata)". Times are in UTC, as the column says. Sales are charges and payments; refunds are rows of
     * their own with negative amounts, and are left out like fees and payouts.
     */
    'stripe',
    {
      map: {
        message_id: ['message_id (metadata)'],
        offer_id: ['offer_id (metadata)'],
        revenue: ['Amount'],
        timestamp: ['Created (UTC)'],
      },
      default: {},
      timezone: 'UTC',
      where: ['Type=charge', 'Type=payment'],
    },
  ],
]);
