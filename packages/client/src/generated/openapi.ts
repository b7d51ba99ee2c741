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
         * @description Tells how far an import is and, once it is completed, what it brought: the answer to the import itself.
         */
        get: operations["getImport"];
        put?: never;
        post?: never;
        /**
         * Undo an import
         * @description Takes back all that an import saved, and what it did to the stats of contacts. An import that is still going on is stopped first. Undoing again changes nothing, and has the same answer.
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
         * @description The account's imports, the latest first. An import is listed for as long as its state can be read.
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
         * @description Every record that was not imported, by index, with the record itself, once the import is completed. Accept chooses the form: JSON in pages (limit, next_cursor), or NDJSON or CSV with all of them from the cursor on, whatever the limit. A record is given as it was sent when the checks rejected it, and with its defaults filled in when it could not be saved; null when it was nested too deep to be kept. In CSV its known fields have columns, strings as they are, anything else as JSON, and the column record has all of it as JSON.
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
    "/api/v2/reports/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report revenue
         * @description What the imported revenue adds up to, by one dimension, exactly: number of records, revenue and payout. Days and months are in UTC. The other dimensions filter: "by=offer&month=2025-11" is November by offer. Undone imports and dry runs are not counted. Rows are in the order of what they are about, names by their bytes. Accept chooses the form: JSON in pages, or CSV with all rows from the cursor on.
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
         * @description Imports up to 1,000 past revenue records, each tied to a message and an offer, and updates the stats of their contacts. Records are imported each for itself: one that fails harms no other, and an answer of 200 may well list errors. The body may take 5 MB, decompressed.
         */
        post: operations["importRevenue"];
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
             * @description An exact sum: read it as a decimal when it has more than 15 digits.
             */
            removed_revenue: string;
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
            /** @description Why it was not imported, for people. */
            error: string;
        };
        /** RevenueImportResponse */
        RevenueImportResponse: {
            /** @description Records imported. */
            success_count: number;
            /** @description Records not imported. */
            error_count: number;
            /**
             * Format: decimal
             * @description An exact sum: read it as a decimal when it has more than 15 digits.
             */
            total_revenue: string;
            /** @description The first 100 records that were not imported, by index. */
            errors: components["schemas"]["RevenueRecordError"][];
        };
        /** ImportResponse */
        ImportResponse: {
            /**
             * Format: uuid
             * @description The import, as in X-Import-Id.
             */
            import_id: string;
            /**
             * @description What is imported.
             * @enum {string}
             */
            kind: "revenue";
            status: components["schemas"]["ImportStatus"];
            /** @description Whether it was a dry run, of which nothing is saved. */
            dry_run: boolean;
            /** @description Whether it was to be saved as a whole or not at all. */
            atomic: boolean;
            idempotency_key: string | null;
            record_count: number;
            processed_count: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            completed_at: string | null;
            undo?: components["schemas"]["UndoProgress"];
            result?: components["schemas"]["RevenueImportResponse"];
        };
        /** ProcessingResponse */
        ProcessingResponse: {
            /**
             * Format: uuid
             * @description The import, as in X-Import-Id.
             */
            import_id: string;
            /** @enum {string} */
            status: "processing" | "undoing";
            /** @description Tells how far it is, and its outcome. */
            status_url: string;
        };
        /** ListedImport */
        ListedImport: {
            /**
             * Format: uuid
             * @description The import, as in X-Import-Id.
             */
            import_id: string;
            /**
             * @description What is imported.
             * @enum {string}
             */
            kind: "revenue";
            status: components["schemas"]["ImportStatus"];
            /** @description Whether it was a dry run, of which nothing is saved. */
            dry_run: boolean;
            /** @description Whether it was to be saved as a whole or not at all. */
            atomic: boolean;
            idempotency_key: string | null;
            record_count: number;
            processed_count: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            completed_at: string | null;
            undo?: components["schemas"]["UndoProgress"];
            /** @description Records saved so far, undone or not; of a dry run those that would be. */
            success_count: number;
            /** @description Records rejected so far. */
            error_count: number;
            /**
             * Format: decimal
             * @description An exact sum: read it as a decimal when it has more than 15 digits.
             */
            total_revenue: string;
        };
        /** ImportListResponse */
        ImportListResponse: {
            imports: components["schemas"]["ListedImport"][];
            /** @description For the next page; null on the last one. */
            next_cursor: string | null;
        };
        /** ImportError */
        ImportError: {
            /** @description Position of the record in the request. */
            index: number;
            code: components["schemas"]["RevenueRecordErrorCode"];
            error: string;
            /** @description The record: as it was sent when the checks rejected it; with its defaults filled in when it could not be saved. Null when it was nested too deep to be kept. */
            record: unknown;
        };
        /** ImportErrorsResponse */
        ImportErrorsResponse: {
            errors: components["schemas"]["ImportError"][];
            /** @description For the next page; null on the last one. */
            next_cursor: string | null;
        };
        /** RevenueReportRow */
        RevenueReportRow: {
            /**
             * Format: date
             * @description In a report by day.
             */
            day?: string;
            /** @description In a report by month. Such as 2025-11. */
            month?: string;
            /** @description In a report by offer. Null for offers that are not in the catalog any more. */
            offer_id?: string | null;
            /** @description In a report by offer. Null for offers that are not in the catalog any more. */
            name?: string | null;
            /** @description In a report by offer. Null for offers without one, and for those not in the catalog any more. */
            external_id?: string | null;
            /** @description In a report by list. Null for contacts that are not in the catalog any more. */
            list_number?: string | null;
            /** @description In a report by attribution_type. */
            attribution_type?: string;
            /**
             * Format: uuid
             * @description In a report by import.
             */
            import_id?: string;
            record_count: number;
            /**
             * Format: decimal
             * @description An exact sum: read it as a decimal when it has more than 15 digits.
             */
            revenue: string;
            /**
             * Format: decimal
             * @description An exact sum: read it as a decimal when it has more than 15 digits.
             */
            payout: string;
        };
        /** RevenueReport */
        RevenueReport: {
            /**
             * @description What the rows are about. A row names it in a field of its own, which the filter of the same name takes.
             * @enum {string}
             */
            by: "day" | "month" | "offer" | "list" | "attribution_type" | "import";
            /**
             * Format: date-time
             * @description From when on, the day or month that was asked for included; null: from the beginning.
             */
            from: string | null;
            /**
             * Format: date-time
             * @description Before when; null: to the end.
             */
            to: string | null;
            rows: components["schemas"]["RevenueReportRow"][];
            /** @description Of all rows, whatever the page. */
            total: {
                record_count: number;
                /**
                 * Format: decimal
                 * @description An exact sum: read it as a decimal when it has more than 15 digits.
                 */
                revenue: string;
                /**
                 * Format: decimal
                 * @description An exact sum: read it as a decimal when it has more than 15 digits.
                 */
                payout: string;
            };
            /** @description For the next page; null on the last one. */
            next_cursor: string | null;
        };
        /** RevenueRecord */
        RevenueRecord: {
            /** @description The message that brought the revenue. */
            message_id: string;
            /** @description The offer's id, or its external_id. */
            offer_id: string;
            /** @description Revenue of the conversion. A number, or a plain decimal string for amounts past 15 digits; rounded half up to 4 decimals. */
            revenue: number | string;
            payout?: (number | string) | null;
            attribution_type?: string | null;
            timestamp?: string | null;
        };
        /** RevenueImportRequest */
        RevenueImportRequest: {
            records: components["schemas"]["RevenueRecord"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Names the request in every log line: the X-Request-Id that it came with, or one of ours.
         * @example nightly-import-7
         */
        "X-Request-Id": string;
        /**
         * @description The import that was accepted, or that the request was about.
         * @example 019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f
         */
        "X-Import-Id": string;
        /**
         * @description Nothing was saved: it was a dry run.
         * @example true
         */
        "X-Dry-Run": "true";
        /**
         * @description The request had been taken before, with the same Idempotency-Key; this is the answer of that import.
         * @example true
         */
        "Idempotent-Replayed": "true";
        /**
         * @description What of Prefer was followed.
         * @example respond-async
         */
        "Preference-Applied": string;
        /**
         * @description Where the state of the import is.
         * @example /api/v2/history/imports/019a8e2c-7b1d-7c3e-9f00-5a1b2c3d4e5f
         */
        Location: string;
        /**
         * @description Of CSV: the name of the file to save it in.
         * @example attachment; filename="revenue-by-month.csv"
         */
        "Content-Disposition": string;
        /**
         * @description Seconds after which it is worth asking again.
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
                 * @description A name of your own for the request: 1 to 128 letters, digits and `. : / + = @ _ -`; anything else is replaced by one of ours. It comes back in the answer and is in every log line.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path: {
                /** @description The import, as in X-Import-Id. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /** @description `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "unavailable";
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
                 * @description `respond-async` answers 202 at once, `wait=N` after N seconds at the latest, unless the outcome is there (RFC 7240). Without it, the answer waits for 25 seconds. Anything else in it is ignored.
                 * @example respond-async
                 */
                Prefer?: string;
                /**
                 * @description A name of your own for the request: 1 to 128 letters, digits and `. : / + = @ _ -`; anything else is replaced by one of ours. It comes back in the answer and is in every log line.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path: {
                /** @description The import, as in X-Import-Id. */
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import is undone: nothing that it saved is left. */
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
            /** @description It is being undone, and will be. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type`: Send JSON with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "unsupported_media_type";
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /** @description `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                status?: components["schemas"]["ImportStatus"];
                /** @description What is imported. */
                kind?: "revenue";
                /** @description Accepted at this time or later: an ISO 8601 date or date-time. */
                from?: string;
                /** @description Accepted before this time: an ISO 8601 date or date-time. */
                to?: string;
                /** @description The import that came with this Idempotency-Key. */
                idempotency_key?: string;
                /** @description Goes on where a page ended: its next_cursor. */
                cursor?: string;
                /** @description Imports in a page, at most. */
                limit?: number;
            };
            header?: {
                /**
                 * @description A name of your own for the request: 1 to 128 letters, digits and `. : / + = @ _ -`; anything else is replaced by one of ours. It comes back in the answer and is in every log line.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /** @description `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    listImportErrors: {
        parameters: {
            query?: {
                /** @description Goes on where a page ended: its next_cursor. */
                cursor?: string;
                /** @description Errors in a page of JSON, at most. */
                limit?: number;
            };
            header?: {
                /**
                 * @description A name of your own for the request: 1 to 128 letters, digits and `. : / + = @ _ -`; anything else is replaced by one of ours. It comes back in the answer and is in every log line.
                 * @example nightly-import-7
                 */
                "X-Request-Id"?: string;
            };
            path: {
                /** @description The import, as in X-Import-Id. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "import_not_completed";
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /** @description `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    reportRevenue: {
        parameters: {
            query: {
                /** @description What the rows are about. A row names it in a field of its own, which the filter of the same name takes. */
                by: "day" | "month" | "offer" | "list" | "attribution_type" | "import";
                /** @description Only what occurred at this time or later: an ISO 8601 date or date-time, UTC without a zone. */
                from?: string;
                /** @description Only what occurred before this time: an ISO 8601 date or date-time, UTC without a zone. */
                to?: string;
                /** @description Only this day, such as 2025-11-15, in UTC. */
                day?: string;
                /** @description Only this month, such as 2025-11, in UTC. */
                month?: string;
                /** @description Only the offer of this id. */
                offer?: string;
                /** @description Only the list of this number. */
                list?: string;
                /** @description Only this attribution type. */
                attribution_type?: string;
                /** @description Only what the import of this id has brought. */
                import?: string;
                /** @description Goes on where a page ended: its next_cursor. */
                cursor?: string;
                /** @description Rows of a page, at most. CSV has no pages: it has all rows from the cursor on. */
                limit?: number;
            };
            header?: {
                /**
                 * @description A name of your own for the request: 1 to 128 letters, digits and `. : / + = @ _ -`; anything else is replaced by one of ours. It comes back in the answer and is in every log line.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "report_too_large";
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /** @description `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    importRevenue: {
        parameters: {
            query?: {
                /** @description A dry run: the same answer, and nothing is saved. */
                dry_run?: boolean;
                /** @description Saves all records or, if one of them is rejected, none. */
                atomic?: boolean;
            };
            header?: {
                /**
                 * @description Makes it safe to send the request again: with the same key, body and parameters it has one effect and one answer. It is kept for as long as the import; a refused request leaves none behind. A dry run has no need of it and ignores it.
                 * @example history-2025-11-part-0042
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description `respond-async` answers 202 at once, `wait=N` after N seconds at the latest, unless the outcome is there (RFC 7240). Without it, the answer waits for 25 seconds. Anything else in it is ignored.
                 * @example respond-async
                 */
                Prefer?: string;
                /**
                 * @description How the body is compressed. The limit of 5 MB holds for what comes out.
                 * @example gzip
                 */
                "Content-Encoding"?: "identity" | "gzip" | "deflate" | "br";
                /**
                 * @description A name of your own for the request: 1 to 128 letters, digits and `. : / + = @ _ -`; anything else is replaced by one of ours. It comes back in the answer and is in every log line.
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevenueImportResponse"];
                };
            };
            /** @description The import is accepted, and goes on. */
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
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "malformed_request" | "invalid_json" | "missing_records" | "invalid_parameter" | "invalid_idempotency_key";
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "request_timeout";
                    };
                };
            };
            /** @description `import_undone`: This import was undone; to import its records again, send them with a new Idempotency-Key. */
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "import_undone";
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "payload_too_large" | "too_many_records";
                    };
                };
            };
            /** @description `unsupported_media_type`: Send JSON with Content-Type: application/json, plain or with Content-Encoding gzip, deflate or br. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "idempotency_key_reused";
                    };
                };
            };
            /** @description `too_many_pending`: This account has too much unfinished work; nothing was accepted, send the request again later. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "too_many_pending";
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
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
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "internal_error";
                    };
                };
            };
            /**
             * @description `unavailable`: The service is not available at the moment; nothing was accepted, send the request again later.
             *
             *     `overloaded`: The service has too much unfinished work; nothing was accepted, send the request again later.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What went wrong, for people. */
                        error: string;
                        /**
                         * @description What went wrong, for programs.
                         * @enum {string}
                         */
                        code: "unavailable" | "overloaded";
                    };
                };
            };
        };
    };
}
