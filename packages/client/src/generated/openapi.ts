// Made from docs/openapi.json by "npm run generate:client".

export interface paths {
    "/api/v2/history/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * State of an import
         * @description Returns the progress of an import and, once it is completed, its result: the same as the answer to the import.
         */
        get: operations["getImport"];
        put?: never;
        post?: never;
        /**
         * Undo an import
         * @description Removes all records that an import saved, and corrects the stats of their contacts. An import that is still in progress is stopped first. Undoing an import again changes nothing, and returns the same answer. What others refer to is undone as a whole or not at all: while anything refers to what the import has made, the answer is 409 `import_in_use` with numbers, and the import stays as it is. If that turns out after an answer of 202, the state of the import says so in `refused_undo`. Such an import is not stopped: it is completed first.
         */
        delete: operations["undoImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/history/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports
         * @description Lists the account's imports, the latest first. Imports older than the retention time are not listed.
         */
        get: operations["listImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/history/imports/{import_id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All errors of an import
         * @description Lists all rejected records of a completed import, by index, together with the record itself. Accept chooses the format: JSON in pages (limit, next_cursor), or NDJSON or CSV with all records from the cursor on, regardless of limit. Of a record that the checks rejected, the known fields are returned as they were sent; one that could not be saved has its defaults filled in; one that is not kept is null: it is larger than 4 KiB or nested too deep, the import has kept 1 MiB of rejected records, or the account has kept as much as it may. In CSV, each known field has a column, which holds strings as they are and anything else as JSON; the column record holds the whole record as JSON. Records with a warning are listed, too, although they are not rejected: warning is true, and record null. In CSV, the column warning is true or empty.
         */
        get: operations["listImportErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts
         * @description Lists the contacts of the account with their stats: each contact once for each list that it is on, the latest sign-up first, and those without a date last. Pages reach 100,000 contacts, and so does the total. A page beyond is refused: filter by list_number, active or phone_number.
         */
        get: operations["listContacts"];
        put?: never;
        /**
         * Add or change a contact
         * @description Adds one contact to a list, or changes it if it is there, like an import of one contact: it is in the list of imports, and can be undone. What the request lacks stays as it is, and custom fields are merged. Journeys are no part of this service: `journeys_enrolled` is always 0.
         */
        post: operations["saveContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List lists
         * @description Lists the lists of the account, in the order in which they were made. Administrators make lists, with `trackly lists create`.
         */
        get: operations["listLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/lists/{list_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A list
         * @description Returns a list of the account.
         */
        get: operations["getList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List offers
         * @description Lists the offers of the account, the latest first. Pages reach 100,000 offers, and so does the total; a page beyond is refused.
         */
        get: operations["listOffers"];
        put?: never;
        /**
         * Add an offer
         * @description Adds one offer, like an import of one offer: it is in the list of imports, and can be undone. Besides its name it needs a tracking_url. An offer whose id is there already stays as it is, and is returned with `is_new_offer` false.
         */
        post: operations["saveOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/offers/{offer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An offer
         * @description Returns an offer of the account.
         */
        get: operations["getOffer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/history/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import historical revenue
         * @description Imports up to 1,000 past revenue records, each tied to a message and an offer, and updates the stats of their contacts. A rejected record does not affect the others: an answer of 200 can list errors. The decompressed body may have up to 5 MB.
         */
        post: operations["importRevenue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/contacts/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import contacts
         * @description Adds up to 1,000 contacts to their lists, or changes those that are there: what a contact lacks stays as it is, and custom fields are merged. Contacts that come twice in a request are merged in order of their index. A rejected contact does not affect the others. Undoing removes what the import has made, unless something refers to it; what it has changed stays. Journeys are no part of this service: `journeys_enrolled` is always 0.
         */
        post: operations["importContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/offers/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import offers
         * @description Adds up to 1,000 offers, which revenue can then refer to. An offer whose id is there already is skipped and counted: it stays as it is, and if it says something else, the list of errors has the warning `duplicate_differs`. A rejected offer does not affect the others. Undoing removes the offers that the import has made, unless revenue refers to one of them.
         */
        post: operations["importOffers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/history/sends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import historical sends
         * @description Imports up to 1,000 past messages, to which revenue can refer then, and updates the stats of their contacts. A contact that is not there, or not on the list, is added. The text of a message is checked, but not stored. A record whose id exists already, or comes earlier in the same request, is skipped and counted; if it says something else than what is there, `GET /api/v2/history/imports/{import_id}/errors` has the warning `duplicate_differs`. A rejected record does not affect the others: an answer of 200 can list errors. The decompressed body may have up to 5 MB.
         */
        post: operations["importSends"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/reports/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report revenue
         * @description Adds up the imported revenue by one dimension: number of records, revenue and payout, exactly. Days and months are in UTC. The other dimensions are filters: "by=offer&month=2025-11" is November by offer. Undone imports and dry runs do not count. Rows are sorted by the dimension, names by their bytes. Accept chooses the format: JSON in pages, or CSV with all rows from the cursor on.
         */
        get: operations["reportRevenue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ImportStatus
         * @enum {string}
         */
        ImportStatus: "processing" | "completed" | "undoing" | "undone";
        /** UndoProgress */
        UndoProgress: {
            /** Format: date-time */
            requested_at: string;
            /** Format: date-time */
            completed_at: string | null;
            /** @description Records removed so far. */
            removed_count: number;
            /**
             * Format: decimal
             * @description An exact sum. It can have more than 15 digits: parse it as a decimal.
             */
            removed_revenue?: string;
            /** @description Phone numbers that the account does not have any more. */
            contacts_removed?: number;
            /** @description Contacts that the import has put on a list, and that stay there: others refer to them, or have changed them. */
            list_contacts_kept?: number;
            /** @description Contacts that the import has made, and that stay because they are on other lists. */
            contacts_kept?: number;
        };
        /**
         * RefusedUndo
         * @description Why the last request to undo the import was refused (`import_in_use`). Absent otherwise.
         */
        RefusedUndo: {
            /** Format: date-time */
            refused_at: string;
            /** @description What refers to what the import has made: numbers by name. */
            in_use: {
                [key: string]: number;
            };
        };
        /**
         * RevenueRecordErrorCode
         * @enum {string}
         */
        RevenueRecordErrorCode: "invalid_record" | "missing_message_id" | "invalid_message_id" | "missing_offer_id" | "invalid_offer_id" | "missing_revenue" | "invalid_revenue" | "invalid_payout" | "invalid_attribution_type" | "invalid_timestamp" | "message_not_found" | "offer_not_found" | "contact_not_found" | "save_error";
        /** RevenueRecordError */
        RevenueRecordError: {
            /** @description Position of the record in the request. */
            index: number;
            code: components["schemas"]["RevenueRecordErrorCode"];
            /** @description The reason, for people. */
            error: string;
        };
        /** RevenueImportResponse */
        RevenueImportResponse: {
            /** @description Saved records. */
            success_count: number;
            /** @description Rejected records. */
            error_count: number;
            /**
             * Format: decimal
             * @description An exact sum. It can have more than 15 digits: parse it as a decimal.
             */
            total_revenue: string;
            /** @description The first 100 rejected records, by index. */
            errors: components["schemas"]["RevenueRecordError"][];
        };
        /**
         * ContactRecordErrorCode
         * @enum {string}
         */
        ContactRecordErrorCode: "invalid_record" | "payload_too_large" | "missing_phone_number" | "invalid_phone" | "missing_list_number" | "invalid_list_number" | "invalid_signup_date" | "invalid_ip_address" | "invalid_url" | "invalid_custom_fields" | "invalid_use_journeys" | "list_not_found" | "custom_fields_too_large" | "save_error";
        /** ContactRecordError */
        ContactRecordError: {
            /** @description Position of the record in the request. */
            index: number;
            phone_number: string | null;
            code: components["schemas"]["ContactRecordErrorCode"];
            /** @description The reason, for people. */
            error: string;
        };
        /** ContactImportResponse */
        ContactImportResponse: {
            /** @description Saved records. */
            success_count: number;
            /** @description Rejected records. */
            error_count: number;
            /** @description Phone numbers that the account did not have before. */
            contacts_created: number;
            /** @description Contacts that were not on their list before. */
            list_contacts_created: number;
            /** @description Contacts that were on their list before, and have changed. */
            list_contacts_updated: number;
            /** @description Always 0: this service has no journeys. */
            journeys_enrolled: number;
            /** @description The first 100 rejected records, by index. */
            errors: components["schemas"]["ContactRecordError"][];
        };
        /**
         * OfferRecordErrorCode
         * @enum {string}
         */
        OfferRecordErrorCode: "invalid_record" | "invalid_id" | "missing_name" | "invalid_name" | "invalid_tracking_url" | "invalid_external_id" | "invalid_external_platform" | "invalid_payout" | "invalid_payout_type" | "invalid_status" | "save_error";
        /** OfferRecordError */
        OfferRecordError: {
            /** @description Position of the record in the request. */
            index: number;
            id: string | null;
            code: components["schemas"]["OfferRecordErrorCode"];
            /** @description The reason, for people. */
            error: string;
        };
        /** OfferImportResponse */
        OfferImportResponse: {
            /** @description Saved records. */
            success_count: number;
            /** @description Rejected records. */
            error_count: number;
            /** @description Skipped records: they existed already, and are unchanged. */
            duplicates_skipped: number;
            /** @description The first 100 rejected records, by index. */
            errors: components["schemas"]["OfferRecordError"][];
        };
        /**
         * SendRecordErrorCode
         * @enum {string}
         */
        SendRecordErrorCode: "invalid_record" | "missing_id" | "invalid_id" | "missing_list_number" | "invalid_list_number" | "invalid_list_id" | "missing_to_number" | "invalid_phone" | "invalid_message" | "invalid_send_type" | "invalid_delivered" | "invalid_length" | "missing_timestamp" | "invalid_timestamp" | "list_not_found" | "save_error";
        /** SendRecordError */
        SendRecordError: {
            /** @description Position of the record in the request. */
            index: number;
            id: string | null;
            code: components["schemas"]["SendRecordErrorCode"];
            /** @description The reason, for people. */
            error: string;
        };
        /** SendImportResponse */
        SendImportResponse: {
            /** @description Saved records. */
            success_count: number;
            /** @description Rejected records. */
            error_count: number;
            /** @description Records with an invalid to_number: a part of error_count. */
            invalid_phones: number;
            /** @description Skipped records: they existed already, and are unchanged. */
            duplicates_skipped: number;
            /** @description The first 100 rejected records, by index. */
            errors: components["schemas"]["SendRecordError"][];
        };
        /** ImportResponse */
        ImportResponse: {
            /**
             * Format: uuid
             * @description The id of the import, from X-Import-Id.
             */
            import_id: string;
            /**
             * @description The kind of record.
             * @enum {string}
             */
            kind: "revenue" | "contacts" | "offers" | "sends";
            status: components["schemas"]["ImportStatus"];
            /** @description Whether the import is a dry run, which saves nothing. */
            dry_run: boolean;
            /** @description Whether the import saves all of its records or none. */
            atomic: boolean;
            idempotency_key: string | null;
            record_count: number;
            processed_count: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            completed_at: string | null;
            undo?: components["schemas"]["UndoProgress"];
            refused_undo?: components["schemas"]["RefusedUndo"];
            result?: components["schemas"]["RevenueImportResponse"] | components["schemas"]["ContactImportResponse"] | components["schemas"]["OfferImportResponse"] | components["schemas"]["SendImportResponse"];
            /** @description Numbers of records by name, as in Import-Notices; absent if there is nothing to say. */
            notices?: {
                [key: string]: number;
            };
        };
        /** ProcessingResponse */
        ProcessingResponse: {
            /**
             * Format: uuid
             * @description The id of the import, from X-Import-Id.
             */
            import_id: string;
            /** @enum {string} */
            status: "processing" | "undoing";
            /** @description Path of the state of the import. */
            status_url: string;
        };
        /** ListedImport */
        ListedImport: {
            /**
             * Format: uuid
             * @description The id of the import, from X-Import-Id.
             */
            import_id: string;
            /**
             * @description The kind of record.
             * @enum {string}
             */
            kind: "revenue" | "contacts" | "offers" | "sends";
            status: components["schemas"]["ImportStatus"];
            /** @description Whether the import is a dry run, which saves nothing. */
            dry_run: boolean;
            /** @description Whether the import saves all of its records or none. */
            atomic: boolean;
            idempotency_key: string | null;
            record_count: number;
            processed_count: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            completed_at: string | null;
            undo?: components["schemas"]["UndoProgress"];
            refused_undo?: components["schemas"]["RefusedUndo"];
            /** @description Records saved so far, even if undone later. For a dry run, records that would be saved. */
            success_count: number;
            /** @description Records rejected so far. */
            error_count: number;
            /** @description Skipped records: they existed already, and are unchanged. */
            duplicates_skipped?: number;
            /** @description Phone numbers that the account did not have before. */
            contacts_created?: number;
            /** @description Contacts that were not on their list before. */
            list_contacts_created?: number;
            /** @description Contacts that were on their list before, and have changed. */
            list_contacts_updated?: number;
            /** @description Always 0: this service has no journeys. */
            journeys_enrolled?: number;
            /**
             * Format: decimal
             * @description An exact sum. It can have more than 15 digits: parse it as a decimal.
             */
            total_revenue?: string;
        };
        /** ImportListResponse */
        ImportListResponse: {
            imports: components["schemas"]["ListedImport"][];
            /** @description The cursor of the next page; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * OfferWarningCode
         * @enum {string}
         */
        OfferWarningCode: "duplicate_differs" | "external_id_taken";
        /**
         * SendWarningCode
         * @enum {string}
         */
        SendWarningCode: "duplicate_differs";
        /** ImportError */
        ImportError: {
            /** @description Position of the record in the request. */
            index: number;
            phone_number?: string | null;
            id?: string | null;
            code: components["schemas"]["RevenueRecordErrorCode"] | components["schemas"]["ContactRecordErrorCode"] | components["schemas"]["OfferRecordErrorCode"] | components["schemas"]["SendRecordErrorCode"] | components["schemas"]["OfferWarningCode"] | components["schemas"]["SendWarningCode"];
            error: string;
            /**
             * @description Whether it is a warning: the record is not rejected, and neither counted nor listed as an error of the import. Absent from errors.
             * @constant
             */
            warning?: true;
            /** @description The known fields of the record: as they were sent if the checks rejected it, with defaults filled in if it could not be saved. Null if it is not kept: it is larger than 4 KiB or nested too deep, the import has kept 1 MiB of rejected records, or the account has kept as much as it may. Null with a warning. */
            record: unknown;
        };
        /** ImportErrorsResponse */
        ImportErrorsResponse: {
            errors: components["schemas"]["ImportError"][];
            /** @description The cursor of the next page; null on the last page. */
            next_cursor: string | null;
        };
        /** ListedContact */
        ListedContact: {
            /** @description The id of the contact on its list. */
            id: number;
            /** @description The id of the contact, the same on all of its lists. */
            contact_id: number;
            /** @description Null: a person that was erased, of whom only the sums are left. */
            phone_number: string | null;
            list_number: string;
            active: boolean;
            /**
             * Format: date-time
             * @description When the contact signed up for the list; null if that is not known.
             */
            signup_date: string | null;
            /** @description How the contact came to the list: "api", or "import" if an import of sends has made it; null if that is not known. */
            signup_method: string | null;
            /** @description The address from which the contact signed up. */
            ip_address: string | null;
            /** @description The page on which the contact signed up. */
            url: string | null;
            custom_fields: {
                [key: string]: unknown;
            };
            send_count: number;
            /**
             * Format: date-time
             * @description The time of the latest message.
             */
            last_sent_at: string | null;
            /**
             * Format: decimal
             * @description An exact sum. It can have more than 15 digits: parse it as a decimal.
             */
            revenue_total: string;
            conversion_count: number;
            /**
             * Format: date-time
             * @description The time of the latest revenue.
             */
            last_revenue_at: string | null;
            /** @description Always 0: this service has no clicks. */
            click_count: number;
            /**
             * Format: date-time
             * @description Always null: this service has no clicks.
             */
            last_clicked_at: string | null;
            /** @description Always null: this service does not look up numbers. */
            is_valid: boolean | null;
            /** @description Always null: this service does not look up carriers. */
            carrier: string | null;
            /** @description Always null: this service does not look up numbers. */
            line_type: string | null;
            /** @description Always null: this service does not look up time zones. */
            timezone: string | null;
        };
        /** Pagination */
        Pagination: {
            page: number;
            per_page: number;
            /** @description The number of items, counted up to 100,000. */
            total: number;
            /** @description The number of pages of as many items. */
            total_pages: number;
            /** @description Whether there are more items than total says. */
            has_more: boolean;
        };
        /** ContactListResponse */
        ContactListResponse: {
            contacts: components["schemas"]["ListedContact"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** ContactRecord */
        ContactRecord: {
            /** @description The phone number of the contact: + and 7 to 15 digits (E.164). */
            phone_number: string;
            /** @description The number of the list: + and 7 to 15 digits, or a short code of 4 to 8 digits. */
            list_number: string;
            signup_date?: string | null;
            ip_address?: string | null;
            url?: string | null;
            custom_fields?: {
                [key: string]: unknown;
            } | null;
            use_journeys?: boolean | null;
        };
        /** ContactResponse */
        ContactResponse: {
            /** @constant */
            success: true;
            /** @description The id of the contact, the same on all of its lists. Null if a dry run would make it. */
            contact_id: number | null;
            /** @description The id of the contact on its list. Null if a dry run would make it. */
            list_contact_id: number | null;
            /** @description Whether the account did not have the phone number before. */
            is_new_contact: boolean;
            /** @description Whether the contact was not on the list before. */
            is_new_list_contact: boolean;
            /** @description Always 0: this service has no journeys. */
            journeys_enrolled: number;
        };
        /** SendingList */
        SendingList: {
            id: number;
            /** @description Its number: + and 7 to 15 digits, or a short code of 4 to 8 digits. */
            phone_number: string;
            /** @description Null if the administrator has not given one. */
            brand_name: string | null;
            /** @description Null if the administrator has not given one. */
            list_name: string | null;
            /** @description Null if the administrator has not given one. */
            list_type: string | null;
            /** @enum {string} */
            status: "active" | "inactive";
            /** @description The number of contacts on the list, active or not. */
            contact_count: number;
            /**
             * Format: date-time
             * @description Null if it is not known.
             */
            created_at: string | null;
        };
        /** SendingListsResponse */
        SendingListsResponse: {
            lists: components["schemas"]["SendingList"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** Offer */
        Offer: {
            id: string;
            name: string;
            tracking_url: string | null;
            external_id: string | null;
            external_platform: string | null;
            /**
             * Format: decimal
             * @description An exact sum. It can have more than 15 digits: parse it as a decimal.
             */
            payout: string;
            payout_type: string;
            status: string;
            /**
             * Format: date-time
             * @description Null if it is not known.
             */
            created_at: string | null;
            /**
             * Format: uuid
             * @description The import that has made it; null if none has.
             */
            import_id: string | null;
        };
        /** OfferListResponse */
        OfferListResponse: {
            offers: components["schemas"]["Offer"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** OfferRecord */
        OfferRecord: {
            id?: string | null;
            /** @description The name of the offer, for people. */
            name: string;
            tracking_url?: string | null;
            external_id?: string | null;
            external_platform?: ("tune" | "everflow") | null;
            payout?: (number | string) | null;
            payout_type?: ("cpa" | "cpc") | null;
            status?: ("active" | "paused") | null;
        };
        /** OfferResponse */
        OfferResponse: {
            /** @constant */
            success: true;
            /** @description False if an offer with this id was there: it is unchanged. */
            is_new_offer: boolean;
            /** @description The offer as it is now. Null if a dry run would make it. */
            offer: components["schemas"]["Offer"] | null;
        };
        /** RevenueRecord */
        RevenueRecord: {
            /** @description The id of the message that brought the revenue. */
            message_id: string;
            /** @description The id of the offer, or its external_id. */
            offer_id: string;
            /** @description Revenue of the conversion. A number, or a plain decimal string for more than 15 digits. Rounded half up to 4 decimals. */
            revenue: number | string;
            payout?: (number | string) | null;
            attribution_type?: string | null;
            timestamp?: string | null;
        };
        /** RevenueImportRequest */
        RevenueImportRequest: {
            records: components["schemas"]["RevenueRecord"][];
        };
        /** ContactImportRequest */
        ContactImportRequest: {
            contacts: components["schemas"]["ContactRecord"][];
        };
        /** OfferImportRequest */
        OfferImportRequest: {
            offers: components["schemas"]["OfferRecord"][];
        };
        /** SendRecord */
        SendRecord: {
            /** @description The id of the message, unique in the account. Revenue refers to it. */
            id: string;
            list_number?: string | null;
            list_id?: number | null;
            /** @description The phone number that it was sent to, in E.164 form. */
            to_number: string;
            message?: string | null;
            send_type?: string | null;
            delivered?: boolean | null;
            length?: number | null;
            /** @description When it was sent: an ISO 8601 date or date-time, UTC if it has no zone. */
            timestamp: string;
        } & ({
            /** @description The number of the list that it was sent from. It may be absent if list_id is there; if both are, they must be of the same list. */
            list_number: string;
        } | {
            /** @description The id of that list. */
            list_id: number;
        });
        /** SendImportRequest */
        SendImportRequest: {
            records: components["schemas"]["SendRecord"][];
        };
        /** RevenueReportRow */
        RevenueReportRow: {
            /**
             * Format: date
             * @description Only in a report by day.
             */
            day?: string;
            /** @description Only in a report by month. Such as 2025-11. */
            month?: string;
            /** @description Only in a report by offer. Null for offers that no longer exist. */
            offer_id?: string | null;
            /** @description Only in a report by offer. Null for offers that no longer exist. */
            name?: string | null;
            /** @description Only in a report by offer. Null for offers without one, and for those that no longer exist. */
            external_id?: string | null;
            /** @description Only in a report by list. Null for contacts that no longer exist. */
            list_number?: string | null;
            /** @description Only in a report by attribution_type. */
            attribution_type?: string;
            /**
             * Format: uuid
             * @description Only in a report by import.
             */
            import_id?: string;
            record_count: number;
            /**
             * Format: decimal
             * @description An exact sum. It can have more than 15 digits: parse it as a decimal.
             */
            revenue: string;
            /**
             * Format: decimal
             * @description An exact sum. It can have more than 15 digits: parse it as a decimal.
             */
            payout: string;
        };
        /** RevenueReport */
        RevenueReport: {
            /**
             * @description The dimension of the rows. Each row has a field for it. The filter of the same name accepts the values of this field.
             * @enum {string}
             */
            by: "day" | "month" | "offer" | "list" | "attribution_type" | "import";
            /**
             * Format: date-time
             * @description Start of the period (inclusive), after applying day and month; null if it is open.
             */
            from: string | null;
            /**
             * Format: date-time
             * @description End of the period (exclusive); null if it is open.
             */
            to: string | null;
            rows: components["schemas"]["RevenueReportRow"][];
            /** @description Sums of all rows on all pages. */
            total: {
                record_count: number;
                /**
                 * Format: decimal
                 * @description An exact sum. It can have more than 15 digits: parse it as a decimal.
                 */
                revenue: string;
                /**
                 * Format: decimal
                 * @description An exact sum. It can have more than 15 digits: parse it as a decimal.
                 */
                payout: string;
            };
            /** @description The cursor of the next page; null on the last page. */
            next_cursor: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description The id of the request in every log line: the X-Request-Id of the request, or one made by the service.
         * @example nightly-import-7
         */
        "X-Request-Id": string;
        /**
         * @description The id of the import that was accepted, that the request names, or that has brought the same records before.
         * @example 019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f
         */
        "X-Import-Id": string;
        /**
         * @description The request was a dry run: nothing was saved.
         * @example true
         */
        "X-Dry-Run": "true";
        /**
         * @description What else there is to say about the records: numbers of records by name, as in `dated_before_message=12`, separated by commas. `dated_before_message`, of a dry run: records dated before their message was sent. `records_not_kept`: rejected records that the service does not keep, because they are too large or too many. The code of a warning: records that have it. Absent if there is nothing to say.
         * @example dated_before_message=12
         */
        "Import-Notices": string;
        /**
         * @description The same request was accepted before under this Idempotency-Key. This is the answer to that import.
         * @example true
         */
        "Idempotent-Replayed": "true";
        /**
         * @description The preference that the service has followed.
         * @example respond-async
         */
        "Preference-Applied": string;
        /**
         * @description The address of the state of the import.
         * @example /api/v2/history/imports/019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f
         */
        Location: string;
        /**
         * @description A file name for the CSV.
         * @example attachment; filename="revenue-by-month.csv"
         */
        "Content-Disposition": string;
        /**
         * @description Seconds to wait before asking again.
         * @example 2
         */
        "Retry-After": number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getImport: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path: {
                /** @description The id of the import, from X-Import-Id. */
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResponse"];
                };
            };
            /** @description `malformed_request`: The request is not valid HTTP. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `not_found`: Resource not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "not_found";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    undoImport: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description How long to wait for the outcome before answering 202 (RFC 7240): `respond-async` does not wait, `wait=N` waits for up to N seconds. The default is 25 seconds. Other preferences are ignored.
                 * @example respond-async
                 */
                Prefer?: string;
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path: {
                /** @description The id of the import, from X-Import-Id. */
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import is undone: all of its records are removed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResponse"];
                };
            };
            /** @description The request to undo is accepted, and undoing continues. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessingResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_json`: The body is not valid JSON.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_json";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `not_found`: Resource not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "not_found";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `import_in_use`: Others refer to what this import has made, so nothing is undone; in_use says what they are, undo those first. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "import_in_use";
                        /** @description With `import_in_use`: what refers to what the import has made, as numbers by name. */
                        in_use?: {
                            [key: string]: number;
                        };
                    };
                };
            };
            /** @description `payload_too_large`: The body exceeds 5 MB after decompression; send fewer records per request. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type`: Send JSON in UTF-8 with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "unsupported_media_type";
                    };
                };
            };
            /**
             * @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later.
             *
             *     `too_many_pending`: This account has too much unfinished work; nothing was accepted, send the request again later.
             */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests" | "too_many_pending";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                status?: components["schemas"]["ImportStatus"];
                /** @description The kind of record. */
                kind?: "revenue" | "contacts" | "offers" | "sends";
                /** @description Imports accepted at this time or later: an ISO 8601 date or date-time. */
                from?: string;
                /** @description Imports accepted before this time: an ISO 8601 date or date-time. */
                to?: string;
                /** @description Imports with this Idempotency-Key. */
                idempotency_key?: string;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description Maximum number of imports on a page. */
                limit?: number;
            };
            header?: {
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of imports. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportListResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_parameter";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    listImportErrors: {
        parameters: {
            query?: {
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description Maximum number of errors on a page of JSON. */
                limit?: number;
                /** @description CSV only. "escaped" puts an apostrophe before text that a spreadsheet would read as a formula: text that begins with =, +, -, @, a tab or a line break, and is no number. "raw" returns all text as it is. */
                formulas?: "raw" | "escaped";
            };
            header?: {
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path: {
                /** @description The id of the import, from X-Import-Id. */
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The errors. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportErrorsResponse"];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_parameter";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `not_found`: Resource not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "not_found";
                    };
                };
            };
            /** @description `not_acceptable`: The answer cannot be given in a form that Accept allows. */
            406: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "not_acceptable";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `import_not_completed`: The import is still being processed; ask again when it is completed. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "import_not_completed";
                    };
                };
            };
            /** @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description Contacts of the list with this number. */
                list_number?: string;
                /** @description Contacts that are active on their list, or that are not. */
                active?: boolean;
                /** @description The contact with this number, on each of its lists. Write the + as %2B. */
                phone_number?: string;
                /** @description The number of the page, from 1 on. */
                page?: number;
                /** @description Maximum number of items on a page. */
                per_page?: number;
            };
            header?: {
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of contacts. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactListResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             *
             *     `page_too_deep`: Pages reach 100,000 rows; use filters, if there are any, to see others.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_parameter" | "page_too_deep";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    saveContact: {
        parameters: {
            query?: {
                /** @description Dry run: returns the same answer, but saves nothing. */
                dry_run?: boolean;
                /** @description Atomic import: saves all records or, if one is rejected, none. */
                atomic?: boolean;
            };
            header?: {
                /**
                 * @description Makes it safe to send the request again: however often it is sent with the same key, body and parameters, it has one effect and one answer. A parameter with its default counts as absent. The key is kept as long as the import. A refused request leaves no key behind. Dry runs ignore the key. A request with two keys is refused.
                 * @example history-2025-11-part-0042
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The name of what you import, such as a file: up to 200 printable ASCII characters. Percent-encode others, and % itself, as UTF-8.
                 * @example history-2024.csv
                 */
                "Import-Name"?: string;
                /**
                 * @description Fingerprints of the records, to notice when the same records come again under another name: up to 200 values of 16 bytes, each as 22 characters of base64url, separated by commas. How they are made is up to you. They are kept for good, unless the import is undone or saves nothing. If an earlier import with another Import-Name has one of them, the request gets 409 `already_imported`; so it does under the same name once the service has removed the earlier import, after the retention time. They need Import-Name.
                 * @example q1fnOXSgRIuN8c3PKm7kXA, XwYyQm0dTU6kUQv2n4PzBg
                 */
                "Import-Fingerprints"?: string;
                /**
                 * @description Whether to import the records even if their fingerprints are known.
                 * @example true
                 */
                "Import-Again"?: "true" | "false";
                /**
                 * @description How long to wait for the outcome before answering 202 (RFC 7240): `respond-async` does not wait, `wait=N` waits for up to N seconds. The default is 25 seconds. Other preferences are ignored.
                 * @example respond-async
                 */
                Prefer?: string;
                /**
                 * @description How the body is compressed. The limit of 5 MB applies to the decompressed body.
                 * @example gzip
                 */
                "Content-Encoding"?: "identity" | "gzip" | "x-gzip" | "deflate" | "br";
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactRecord"];
            };
        };
        responses: {
            /** @description The record is saved. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    "Import-Notices": components["headers"]["Import-Notices"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactResponse"];
                };
            };
            /** @description The record is accepted, and will be saved. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessingResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_json`: The body is not valid JSON.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             *
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *
             *     `invalid_header`: A header of the request is not valid.
             *
             *     `invalid_record`: A contact must be an object with at most 100 fields.
             *
             *     `missing_phone_number`: A contact is missing the phone_number field.
             *
             *     `invalid_phone`: phone_number must be + and 7 to 15 digits (+15551000001).
             *
             *     `missing_list_number`: A contact is missing the list_number field.
             *
             *     `invalid_list_number`: list_number must be + and 7 to 15 digits, or a short code of 4 to 8 digits.
             *
             *     `invalid_signup_date`: signup_date must be an ISO 8601 date or date-time (2025-11-15T16:00:00Z) from 1970 to a day from now.
             *
             *     `invalid_ip_address`: ip_address must be an IPv4 or IPv6 address.
             *
             *     `invalid_url`: url must be a string of 1 to 2,048 characters, without NUL or unpaired surrogates.
             *
             *     `invalid_custom_fields`: custom_fields must be an object of at most 4,000 bytes of JSON, nested at most 16 deep, whose numbers have at most 15 digits and no exponent, without NUL and unpaired surrogates.
             *
             *     `invalid_use_journeys`: use_journeys must be true or false.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_json" | "invalid_parameter" | "invalid_idempotency_key" | "invalid_header" | "invalid_record" | "missing_phone_number" | "invalid_phone" | "missing_list_number" | "invalid_list_number" | "invalid_signup_date" | "invalid_ip_address" | "invalid_url" | "invalid_custom_fields" | "invalid_use_journeys";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /**
             * @description The account is suspended.
             *
             *     `quota_exceeded`: The imports of this account have used up its storage; undo some whose saved records are not needed, or ask the operator for more.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code?: "quota_exceeded";
                    };
                };
            };
            /** @description `list_not_found`: No list exists with the given list_number. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "list_not_found";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /**
             * @description `already_imported`: Some of these records were imported before; to import them again, send Import-Again: true.
             *
             *     `import_undone`: This import was undone; to import its records again, send them with a new Idempotency-Key.
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "already_imported" | "import_undone";
                        /** @description With `already_imported`: the name under which the records were imported before. */
                        import_name?: string;
                        /**
                         * Format: uuid
                         * @description With `already_imported`: the id of the earlier import.
                         */
                        import_id?: string;
                    };
                };
            };
            /**
             * @description `payload_too_large`: The body exceeds 5 MB after decompression; send fewer records per request.
             *
             *     `custom_fields_too_large`: With these custom_fields, the contact would have more than 4,000 bytes of them.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "payload_too_large" | "custom_fields_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type`: Send JSON in UTF-8 with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description `idempotency_key_reused`: This Idempotency-Key came with another body or other parameters before; a new request needs a new key. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "idempotency_key_reused";
                    };
                };
            };
            /**
             * @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later.
             *
             *     `too_many_pending`: This account has too much unfinished work; nothing was accepted, send the request again later.
             */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests" | "too_many_pending";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /**
             * @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe.
             *
             *     `save_error`: An unexpected error occurred while saving the contact.
             */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error" | "save_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    listLists: {
        parameters: {
            query?: {
                status?: "active" | "inactive";
                /** @description The number of the page, from 1 on. */
                page?: number;
                /** @description Maximum number of items on a page. */
                per_page?: number;
            };
            header?: {
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of lists. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendingListsResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             *
             *     `page_too_deep`: Pages reach 100,000 rows; use filters, if there are any, to see others.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_parameter" | "page_too_deep";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    getList: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path: {
                /** @description The id of the list. */
                list_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendingList"];
                };
            };
            /** @description `malformed_request`: The request is not valid HTTP. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `not_found`: Resource not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "not_found";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    listOffers: {
        parameters: {
            query?: {
                /** @description The number of the page, from 1 on. */
                page?: number;
                /** @description Maximum number of items on a page. */
                per_page?: number;
            };
            header?: {
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of offers. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferListResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             *
             *     `page_too_deep`: Pages reach 100,000 rows; use filters, if there are any, to see others.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_parameter" | "page_too_deep";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    saveOffer: {
        parameters: {
            query?: {
                /** @description Dry run: returns the same answer, but saves nothing. */
                dry_run?: boolean;
                /** @description Atomic import: saves all records or, if one is rejected, none. */
                atomic?: boolean;
            };
            header?: {
                /**
                 * @description Makes it safe to send the request again: however often it is sent with the same key, body and parameters, it has one effect and one answer. A parameter with its default counts as absent. The key is kept as long as the import. A refused request leaves no key behind. Dry runs ignore the key. A request with two keys is refused.
                 * @example history-2025-11-part-0042
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The name of what you import, such as a file: up to 200 printable ASCII characters. Percent-encode others, and % itself, as UTF-8.
                 * @example history-2024.csv
                 */
                "Import-Name"?: string;
                /**
                 * @description Fingerprints of the records, to notice when the same records come again under another name: up to 200 values of 16 bytes, each as 22 characters of base64url, separated by commas. How they are made is up to you. They are kept for good, unless the import is undone or saves nothing. If an earlier import with another Import-Name has one of them, the request gets 409 `already_imported`; so it does under the same name once the service has removed the earlier import, after the retention time. They need Import-Name.
                 * @example q1fnOXSgRIuN8c3PKm7kXA, XwYyQm0dTU6kUQv2n4PzBg
                 */
                "Import-Fingerprints"?: string;
                /**
                 * @description Whether to import the records even if their fingerprints are known.
                 * @example true
                 */
                "Import-Again"?: "true" | "false";
                /**
                 * @description How long to wait for the outcome before answering 202 (RFC 7240): `respond-async` does not wait, `wait=N` waits for up to N seconds. The default is 25 seconds. Other preferences are ignored.
                 * @example respond-async
                 */
                Prefer?: string;
                /**
                 * @description How the body is compressed. The limit of 5 MB applies to the decompressed body.
                 * @example gzip
                 */
                "Content-Encoding"?: "identity" | "gzip" | "x-gzip" | "deflate" | "br";
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfferRecord"];
            };
        };
        responses: {
            /** @description The record is saved. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    "Import-Notices": components["headers"]["Import-Notices"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferResponse"];
                };
            };
            /** @description The record is accepted, and will be saved. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessingResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_json`: The body is not valid JSON.
             *
             *     `missing_tracking_url`: The offer is missing the tracking_url field.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             *
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *
             *     `invalid_header`: A header of the request is not valid.
             *
             *     `invalid_record`: An offer must be an object with at most 100 fields.
             *
             *     `invalid_id`: id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.
             *
             *     `missing_name`: An offer is missing the name field.
             *
             *     `invalid_name`: name must be a string of 1 to 255 characters, without NUL or unpaired surrogates.
             *
             *     `invalid_tracking_url`: tracking_url must be an http or https URL of at most 2,048 characters, without white space.
             *
             *     `invalid_external_id`: external_id must be a string of 1 to 255 characters, without NUL or unpaired surrogates.
             *
             *     `invalid_external_platform`: external_platform must be tune or everflow.
             *
             *     `invalid_payout`: payout must be a number or a plain decimal string ("5.00") from 0 to 9999999999.9999.
             *
             *     `invalid_payout_type`: payout_type must be cpa or cpc.
             *
             *     `invalid_status`: status must be active or paused.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_json" | "missing_tracking_url" | "invalid_parameter" | "invalid_idempotency_key" | "invalid_header" | "invalid_record" | "invalid_id" | "missing_name" | "invalid_name" | "invalid_tracking_url" | "invalid_external_id" | "invalid_external_platform" | "invalid_payout" | "invalid_payout_type" | "invalid_status";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /**
             * @description The account is suspended.
             *
             *     `quota_exceeded`: The imports of this account have used up its storage; undo some whose saved records are not needed, or ask the operator for more.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code?: "quota_exceeded";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /**
             * @description `already_imported`: Some of these records were imported before; to import them again, send Import-Again: true.
             *
             *     `import_undone`: This import was undone; to import its records again, send them with a new Idempotency-Key.
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "already_imported" | "import_undone";
                        /** @description With `already_imported`: the name under which the records were imported before. */
                        import_name?: string;
                        /**
                         * Format: uuid
                         * @description With `already_imported`: the id of the earlier import.
                         */
                        import_id?: string;
                    };
                };
            };
            /** @description `payload_too_large`: The body exceeds 5 MB after decompression; send fewer records per request. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type`: Send JSON in UTF-8 with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description `idempotency_key_reused`: This Idempotency-Key came with another body or other parameters before; a new request needs a new key. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "idempotency_key_reused";
                    };
                };
            };
            /**
             * @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later.
             *
             *     `too_many_pending`: This account has too much unfinished work; nothing was accepted, send the request again later.
             */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests" | "too_many_pending";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /**
             * @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe.
             *
             *     `save_error`: An unexpected error occurred while saving the offer.
             */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error" | "save_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    getOffer: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path: {
                /** @description The id of the offer, or its external_id. */
                offer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The offer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Offer"];
                };
            };
            /** @description `malformed_request`: The request is not valid HTTP. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `not_found`: Resource not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "not_found";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    importRevenue: {
        parameters: {
            query?: {
                /** @description Dry run: returns the same answer, but saves nothing. */
                dry_run?: boolean;
                /** @description Atomic import: saves all records or, if one is rejected, none. */
                atomic?: boolean;
            };
            header?: {
                /**
                 * @description Makes it safe to send the request again: however often it is sent with the same key, body and parameters, it has one effect and one answer. A parameter with its default counts as absent. The key is kept as long as the import. A refused request leaves no key behind. Dry runs ignore the key. A request with two keys is refused.
                 * @example history-2025-11-part-0042
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The name of what you import, such as a file: up to 200 printable ASCII characters. Percent-encode others, and % itself, as UTF-8.
                 * @example history-2024.csv
                 */
                "Import-Name"?: string;
                /**
                 * @description Fingerprints of the records, to notice when the same records come again under another name: up to 200 values of 16 bytes, each as 22 characters of base64url, separated by commas. How they are made is up to you. They are kept for good, unless the import is undone or saves nothing. If an earlier import with another Import-Name has one of them, the request gets 409 `already_imported`; so it does under the same name once the service has removed the earlier import, after the retention time. They need Import-Name.
                 * @example q1fnOXSgRIuN8c3PKm7kXA, XwYyQm0dTU6kUQv2n4PzBg
                 */
                "Import-Fingerprints"?: string;
                /**
                 * @description Whether to import the records even if their fingerprints are known.
                 * @example true
                 */
                "Import-Again"?: "true" | "false";
                /**
                 * @description How long to wait for the outcome before answering 202 (RFC 7240): `respond-async` does not wait, `wait=N` waits for up to N seconds. The default is 25 seconds. Other preferences are ignored.
                 * @example respond-async
                 */
                Prefer?: string;
                /**
                 * @description How the body is compressed. The limit of 5 MB applies to the decompressed body.
                 * @example gzip
                 */
                "Content-Encoding"?: "identity" | "gzip" | "x-gzip" | "deflate" | "br";
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevenueImportRequest"];
            };
        };
        responses: {
            /** @description The import is completed: these counts are committed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    "Import-Notices": components["headers"]["Import-Notices"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevenueImportResponse"];
                };
            };
            /** @description The import is accepted, and continues. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessingResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_json`: The body is not valid JSON.
             *
             *     `missing_records`: The records field is required and must be a non-empty array.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             *
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *
             *     `invalid_header`: A header of the request is not valid.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_json" | "missing_records" | "invalid_parameter" | "invalid_idempotency_key" | "invalid_header";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /**
             * @description The account is suspended.
             *
             *     `quota_exceeded`: The imports of this account have used up its storage; undo some whose saved records are not needed, or ask the operator for more.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code?: "quota_exceeded";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /**
             * @description `already_imported`: Some of these records were imported before; to import them again, send Import-Again: true.
             *
             *     `import_undone`: This import was undone; to import its records again, send them with a new Idempotency-Key.
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "already_imported" | "import_undone";
                        /** @description With `already_imported`: the name under which the records were imported before. */
                        import_name?: string;
                        /**
                         * Format: uuid
                         * @description With `already_imported`: the id of the earlier import.
                         */
                        import_id?: string;
                    };
                };
            };
            /**
             * @description `payload_too_large`: The body exceeds 5 MB after decompression; send fewer records per request.
             *
             *     `too_many_records`: Exceeded the maximum of 1,000 records per request.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "payload_too_large" | "too_many_records";
                    };
                };
            };
            /** @description `unsupported_media_type`: Send JSON in UTF-8 with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description `idempotency_key_reused`: This Idempotency-Key came with another body or other parameters before; a new request needs a new key. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "idempotency_key_reused";
                    };
                };
            };
            /**
             * @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later.
             *
             *     `too_many_pending`: This account has too much unfinished work; nothing was accepted, send the request again later.
             */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests" | "too_many_pending";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    importContacts: {
        parameters: {
            query?: {
                /** @description Dry run: returns the same answer, but saves nothing. */
                dry_run?: boolean;
                /** @description Atomic import: saves all records or, if one is rejected, none. */
                atomic?: boolean;
            };
            header?: {
                /**
                 * @description Makes it safe to send the request again: however often it is sent with the same key, body and parameters, it has one effect and one answer. A parameter with its default counts as absent. The key is kept as long as the import. A refused request leaves no key behind. Dry runs ignore the key. A request with two keys is refused.
                 * @example history-2025-11-part-0042
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The name of what you import, such as a file: up to 200 printable ASCII characters. Percent-encode others, and % itself, as UTF-8.
                 * @example history-2024.csv
                 */
                "Import-Name"?: string;
                /**
                 * @description Fingerprints of the records, to notice when the same records come again under another name: up to 200 values of 16 bytes, each as 22 characters of base64url, separated by commas. How they are made is up to you. They are kept for good, unless the import is undone or saves nothing. If an earlier import with another Import-Name has one of them, the request gets 409 `already_imported`; so it does under the same name once the service has removed the earlier import, after the retention time. They need Import-Name.
                 * @example q1fnOXSgRIuN8c3PKm7kXA, XwYyQm0dTU6kUQv2n4PzBg
                 */
                "Import-Fingerprints"?: string;
                /**
                 * @description Whether to import the records even if their fingerprints are known.
                 * @example true
                 */
                "Import-Again"?: "true" | "false";
                /**
                 * @description How long to wait for the outcome before answering 202 (RFC 7240): `respond-async` does not wait, `wait=N` waits for up to N seconds. The default is 25 seconds. Other preferences are ignored.
                 * @example respond-async
                 */
                Prefer?: string;
                /**
                 * @description How the body is compressed. The limit of 5 MB applies to the decompressed body.
                 * @example gzip
                 */
                "Content-Encoding"?: "identity" | "gzip" | "x-gzip" | "deflate" | "br";
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactImportRequest"];
            };
        };
        responses: {
            /** @description The import is completed: these counts are committed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    "Import-Notices": components["headers"]["Import-Notices"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImportResponse"];
                };
            };
            /** @description The import is accepted, and continues. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessingResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_json`: The body is not valid JSON.
             *
             *     `missing_contacts`: The contacts field is required and must be a non-empty array.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             *
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *
             *     `invalid_header`: A header of the request is not valid.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_json" | "missing_contacts" | "invalid_parameter" | "invalid_idempotency_key" | "invalid_header";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /**
             * @description The account is suspended.
             *
             *     `quota_exceeded`: The imports of this account have used up its storage; undo some whose saved records are not needed, or ask the operator for more.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code?: "quota_exceeded";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /**
             * @description `already_imported`: Some of these records were imported before; to import them again, send Import-Again: true.
             *
             *     `import_undone`: This import was undone; to import its records again, send them with a new Idempotency-Key.
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "already_imported" | "import_undone";
                        /** @description With `already_imported`: the name under which the records were imported before. */
                        import_name?: string;
                        /**
                         * Format: uuid
                         * @description With `already_imported`: the id of the earlier import.
                         */
                        import_id?: string;
                    };
                };
            };
            /**
             * @description `payload_too_large`: The body exceeds 5 MB after decompression; send fewer records per request.
             *
             *     `too_many_contacts`: Exceeded the maximum of 1,000 contacts per request.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "payload_too_large" | "too_many_contacts";
                    };
                };
            };
            /** @description `unsupported_media_type`: Send JSON in UTF-8 with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description `idempotency_key_reused`: This Idempotency-Key came with another body or other parameters before; a new request needs a new key. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "idempotency_key_reused";
                    };
                };
            };
            /**
             * @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later.
             *
             *     `too_many_pending`: This account has too much unfinished work; nothing was accepted, send the request again later.
             */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests" | "too_many_pending";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    importOffers: {
        parameters: {
            query?: {
                /** @description Dry run: returns the same answer, but saves nothing. */
                dry_run?: boolean;
                /** @description Atomic import: saves all records or, if one is rejected, none. */
                atomic?: boolean;
            };
            header?: {
                /**
                 * @description Makes it safe to send the request again: however often it is sent with the same key, body and parameters, it has one effect and one answer. A parameter with its default counts as absent. The key is kept as long as the import. A refused request leaves no key behind. Dry runs ignore the key. A request with two keys is refused.
                 * @example history-2025-11-part-0042
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The name of what you import, such as a file: up to 200 printable ASCII characters. Percent-encode others, and % itself, as UTF-8.
                 * @example history-2024.csv
                 */
                "Import-Name"?: string;
                /**
                 * @description Fingerprints of the records, to notice when the same records come again under another name: up to 200 values of 16 bytes, each as 22 characters of base64url, separated by commas. How they are made is up to you. They are kept for good, unless the import is undone or saves nothing. If an earlier import with another Import-Name has one of them, the request gets 409 `already_imported`; so it does under the same name once the service has removed the earlier import, after the retention time. They need Import-Name.
                 * @example q1fnOXSgRIuN8c3PKm7kXA, XwYyQm0dTU6kUQv2n4PzBg
                 */
                "Import-Fingerprints"?: string;
                /**
                 * @description Whether to import the records even if their fingerprints are known.
                 * @example true
                 */
                "Import-Again"?: "true" | "false";
                /**
                 * @description How long to wait for the outcome before answering 202 (RFC 7240): `respond-async` does not wait, `wait=N` waits for up to N seconds. The default is 25 seconds. Other preferences are ignored.
                 * @example respond-async
                 */
                Prefer?: string;
                /**
                 * @description How the body is compressed. The limit of 5 MB applies to the decompressed body.
                 * @example gzip
                 */
                "Content-Encoding"?: "identity" | "gzip" | "x-gzip" | "deflate" | "br";
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfferImportRequest"];
            };
        };
        responses: {
            /** @description The import is completed: these counts are committed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    "Import-Notices": components["headers"]["Import-Notices"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferImportResponse"];
                };
            };
            /** @description The import is accepted, and continues. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessingResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_json`: The body is not valid JSON.
             *
             *     `missing_offers`: The offers field is required and must be a non-empty array.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             *
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *
             *     `invalid_header`: A header of the request is not valid.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_json" | "missing_offers" | "invalid_parameter" | "invalid_idempotency_key" | "invalid_header";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /**
             * @description The account is suspended.
             *
             *     `quota_exceeded`: The imports of this account have used up its storage; undo some whose saved records are not needed, or ask the operator for more.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code?: "quota_exceeded";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /**
             * @description `already_imported`: Some of these records were imported before; to import them again, send Import-Again: true.
             *
             *     `import_undone`: This import was undone; to import its records again, send them with a new Idempotency-Key.
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "already_imported" | "import_undone";
                        /** @description With `already_imported`: the name under which the records were imported before. */
                        import_name?: string;
                        /**
                         * Format: uuid
                         * @description With `already_imported`: the id of the earlier import.
                         */
                        import_id?: string;
                    };
                };
            };
            /**
             * @description `payload_too_large`: The body exceeds 5 MB after decompression; send fewer records per request.
             *
             *     `too_many_offers`: Exceeded the maximum of 1,000 offers per request.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "payload_too_large" | "too_many_offers";
                    };
                };
            };
            /** @description `unsupported_media_type`: Send JSON in UTF-8 with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description `idempotency_key_reused`: This Idempotency-Key came with another body or other parameters before; a new request needs a new key. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "idempotency_key_reused";
                    };
                };
            };
            /**
             * @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later.
             *
             *     `too_many_pending`: This account has too much unfinished work; nothing was accepted, send the request again later.
             */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests" | "too_many_pending";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    importSends: {
        parameters: {
            query?: {
                /** @description Dry run: returns the same answer, but saves nothing. */
                dry_run?: boolean;
                /** @description Atomic import: saves all records or, if one is rejected, none. */
                atomic?: boolean;
            };
            header?: {
                /**
                 * @description Makes it safe to send the request again: however often it is sent with the same key, body and parameters, it has one effect and one answer. A parameter with its default counts as absent. The key is kept as long as the import. A refused request leaves no key behind. Dry runs ignore the key. A request with two keys is refused.
                 * @example history-2025-11-part-0042
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The name of what you import, such as a file: up to 200 printable ASCII characters. Percent-encode others, and % itself, as UTF-8.
                 * @example history-2024.csv
                 */
                "Import-Name"?: string;
                /**
                 * @description Fingerprints of the records, to notice when the same records come again under another name: up to 200 values of 16 bytes, each as 22 characters of base64url, separated by commas. How they are made is up to you. They are kept for good, unless the import is undone or saves nothing. If an earlier import with another Import-Name has one of them, the request gets 409 `already_imported`; so it does under the same name once the service has removed the earlier import, after the retention time. They need Import-Name.
                 * @example q1fnOXSgRIuN8c3PKm7kXA, XwYyQm0dTU6kUQv2n4PzBg
                 */
                "Import-Fingerprints"?: string;
                /**
                 * @description Whether to import the records even if their fingerprints are known.
                 * @example true
                 */
                "Import-Again"?: "true" | "false";
                /**
                 * @description How long to wait for the outcome before answering 202 (RFC 7240): `respond-async` does not wait, `wait=N` waits for up to N seconds. The default is 25 seconds. Other preferences are ignored.
                 * @example respond-async
                 */
                Prefer?: string;
                /**
                 * @description How the body is compressed. The limit of 5 MB applies to the decompressed body.
                 * @example gzip
                 */
                "Content-Encoding"?: "identity" | "gzip" | "x-gzip" | "deflate" | "br";
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendImportRequest"];
            };
        };
        responses: {
            /** @description The import is completed: these counts are committed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    "Import-Notices": components["headers"]["Import-Notices"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendImportResponse"];
                };
            };
            /** @description The import is accepted, and continues. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcessingResponse"];
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_json`: The body is not valid JSON.
             *
             *     `missing_records`: The records field is required and must be a non-empty array.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             *
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *
             *     `invalid_header`: A header of the request is not valid.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_json" | "missing_records" | "invalid_parameter" | "invalid_idempotency_key" | "invalid_header";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /**
             * @description The account is suspended.
             *
             *     `quota_exceeded`: The imports of this account have used up its storage; undo some whose saved records are not needed, or ask the operator for more.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code?: "quota_exceeded";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /**
             * @description `already_imported`: Some of these records were imported before; to import them again, send Import-Again: true.
             *
             *     `import_undone`: This import was undone; to import its records again, send them with a new Idempotency-Key.
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Import-Id": components["headers"]["X-Import-Id"];
                    "X-Dry-Run": components["headers"]["X-Dry-Run"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "already_imported" | "import_undone";
                        /** @description With `already_imported`: the name under which the records were imported before. */
                        import_name?: string;
                        /**
                         * Format: uuid
                         * @description With `already_imported`: the id of the earlier import.
                         */
                        import_id?: string;
                    };
                };
            };
            /**
             * @description `payload_too_large`: The body exceeds 5 MB after decompression; send fewer records per request.
             *
             *     `too_many_records`: Exceeded the maximum of 1,000 records per request.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "payload_too_large" | "too_many_records";
                    };
                };
            };
            /** @description `unsupported_media_type`: Send JSON in UTF-8 with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description `idempotency_key_reused`: This Idempotency-Key came with another body or other parameters before; a new request needs a new key. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "idempotency_key_reused";
                    };
                };
            };
            /**
             * @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later.
             *
             *     `too_many_pending`: This account has too much unfinished work; nothing was accepted, send the request again later.
             */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests" | "too_many_pending";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
    reportRevenue: {
        parameters: {
            query: {
                /** @description The dimension of the rows. Each row has a field for it. The filter of the same name accepts the values of this field. */
                by: "day" | "month" | "offer" | "list" | "attribution_type" | "import";
                /** @description Records from this time on (inclusive): an ISO 8601 date or date-time, UTC if it has no zone. */
                from?: string;
                /** @description Records before this time (exclusive): an ISO 8601 date or date-time, UTC if it has no zone. */
                to?: string;
                /** @description Records of this day in UTC, such as 2025-11-15. */
                day?: string;
                /** @description Records of this month in UTC, such as 2025-11. */
                month?: string;
                /** @description Records of the offer with this id. */
                offer?: string;
                /** @description Records of the list with this number. */
                list?: string;
                /** @description Records with this attribution type. */
                attribution_type?: string;
                /** @description Records of the import with this id. */
                import?: string;
                /** @description The next_cursor of the page before. */
                cursor?: string;
                /** @description Maximum number of rows on a page. CSV has no pages: it has all rows from the cursor on. */
                limit?: number;
                /** @description CSV only. "escaped" puts an apostrophe before text that a spreadsheet would read as a formula: text that begins with =, +, -, @, a tab or a line break, and is no number. "raw" returns all text as it is. */
                formulas?: "raw" | "escaped";
            };
            header?: {
                /**
                 * @description Your own id for the request: 1 to 128 letters, digits and `. : / + = @ _ -`. The service replaces a missing or invalid id with one of its own. The id is in the answer and in every log line about the request.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevenueReport"];
                    "text/csv": string;
                };
            };
            /**
             * @description `malformed_request`: The request is not valid HTTP.
             *
             *     `invalid_parameter`: A parameter in the address is not valid.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_parameter";
                    };
                };
            };
            /**
             * @description `missing_api_key`: API key required
             *
             *     `invalid_api_key`: Invalid API key
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "missing_api_key" | "invalid_api_key";
                    };
                };
            };
            /** @description The account is suspended. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                    };
                };
            };
            /** @description `not_acceptable`: The answer cannot be given in a form that Accept allows. */
            406: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "not_acceptable";
                    };
                };
            };
            /** @description `request_timeout`: The request took too long to arrive; send fewer records per request. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `report_too_large`: The report takes too long; ask for a shorter time with from and to. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "report_too_large";
                    };
                };
            };
            /** @description `too_many_requests`: Too many requests of this account or address at once; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "too_many_requests";
                    };
                };
            };
            /** @description `headers_too_large`: The headers of the request exceed 16 KB. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "headers_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. If the request had an Idempotency-Key, sending it again is safe. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             *
             *     `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The reason, for people. */
                        error: string;
                        /**
                         * @description The reason, for programs.
                         * @enum {string}
                         */
                        code: "overloaded" | "unavailable";
                    };
                };
            };
        };
    };
}
