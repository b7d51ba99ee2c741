import type { Examples } from './responses.ts';

export const contactLists: Examples = {
  contacts: {
    value: {
      contacts: [
        {
          id: 4711,
          contact_id: 815,
          phone_number: '+15551000001',
          list_number: '+15550000001',
          active: true,
          signup_date: '2025-11-15T16:00:00.000Z',
          signup_method: 'api',
          ip_address: '203.0.113.7',
          url: 'https://shop.example.com/join',
          custom_fields: { first_name: 'Ada', plan: 'gold' },
          send_count: 12,
          last_sent_at: '2025-11-15T17:00:00.000Z',
          revenue_total: 46.24,
          conversion_count: 3,
          last_revenue_at: '2025-11-15T17:30:00.000Z',
          click_count: 0,
          last_clicked_at: null,
          is_valid: null,
          carrier: null,
          line_type: null,
          timezone: null,
        },
      ],
      pagination: { page: 1, per_page: 50, total: 1, total_pages: 1, has_more: false },
    },
  },
};
