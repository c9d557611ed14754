/** Made by `npm run openapi` from the API's description. */
export interface paths {
  "/connections": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List connections
     * @description Contributors are shown name and type of those that are shared with them, and may filter by nothing else.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    get: operations["listConnections"];
    put?: never;
    /**
     * Connect a Klaviyo account
     * @description Tries the key, the account and the scopes first; the connection exists only when all of that holds.
     *
     *     For: Administrator.
     */
    post: operations["createConnection"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/connections/{connectionId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a connection
     * @description For: Administrator, Contributor on a shared connection.
     */
    get: operations["viewConnection"];
    /**
     * Change a connection
     * @description Replaces name, sharing and profile limit.
     *
     *     For: Administrator.
     */
    put: operations["updateConnection"];
    post?: never;
    /**
     * Remove a connection
     * @description Refused while exports use it. Its key is deleted, and what was kept of its runs but their records.
     *
     *     For: Administrator.
     */
    delete: operations["deleteConnection"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/connections/{connectionId}/verification": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try a connection's key again
     * @description For: Administrator.
     */
    post: operations["verifyConnection"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/connections/{connectionId}/key": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Replace a connection's key
     * @description By another key of the same account; runs that are going carry on with it.
     *
     *     For: Administrator.
     */
    put: operations["replaceKey"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/connections/{connectionId}/lists": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the Klaviyo lists of a connection's account
     * @description In the order of their names, which is Klaviyo's. A page may hold fewer than `limit`; the list has ended when there is no `next`.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    get: operations["listKlaviyoLists"];
    put?: never;
    /**
     * Make a Klaviyo list
     * @description For: Administrator, Contributor on a shared connection.
     */
    post: operations["createKlaviyoList"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/connections/{connectionId}/lists/{listId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a Klaviyo list
     * @description For: Administrator, Contributor on a shared connection.
     */
    get: operations["viewKlaviyoList"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/connections/{connectionId}/exports": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List a connection's exports
     * @description For: Administrator.
     */
    get: operations["listConnectionExports"];
    put?: never;
    post?: never;
    /**
     * Detach all of a connection's exports
     * @description For: Administrator.
     */
    delete: operations["detachConnectionExports"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/segments": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List segments
     * @description `from` and `until` are of their refreshes.
     *
     *     For: Administrator, Contributor, Viewer.
     */
    get: operations["listSegments"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/segments/{segment}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Describe a segment
     * @description Reads its files: fields, rows, members, likeliest email field, suggested mapping.
     *
     *     For: Administrator, Contributor, Viewer.
     */
    get: operations["viewSegment"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/segments/{segment}/settings": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a segment's settings
     * @description For: Administrator, Contributor, Viewer.
     */
    get: operations["viewSegmentSettings"];
    /**
     * Set how a segment's files are read
     * @description `columns` names the columns of CSV files that have no header, in their order; null takes the names away. `marker` is what its writer leaves when a refresh is whole: `none`, `success` (a file `_SUCCESS`), `file`, or `manifest`, which lists the files; without it, or while a file is younger, the segment is not read. What is left out stays. What is being prepared keeps to those it has read.
     *
     *     For: Administrator, Contributor.
     */
    put: operations["updateSegmentSettings"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/exports": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List exports
     * @description For: Administrator, Contributor, Viewer.
     */
    get: operations["listExports"];
    put?: never;
    /**
     * Make an export
     * @description Saving starts nothing.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    post: operations["createExport"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/exports/{exportId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show an export
     * @description For: Administrator, Contributor, Viewer.
     */
    get: operations["viewExport"];
    /**
     * Change an export
     * @description Replaces its settings. A run that is going keeps those that it began with.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    put: operations["updateExport"];
    post?: never;
    /**
     * Delete an export
     * @description A run that is going sends nothing more.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    delete: operations["deleteExport"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/exports/{exportId}/connection": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Attach an export to a connection
     * @description For: Administrator, Contributor on a shared connection.
     */
    put: operations["attachExport"];
    post?: never;
    /**
     * Detach an export from its connection
     * @description It keeps its configuration and does not run; a run that is going sends nothing more.
     *
     *     For: Administrator.
     */
    delete: operations["detachExport"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/exports/{exportId}/runs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List an export's runs
     * @description Newest first, unless sorted by `requestedAt`. `from` and `until` are of when runs were requested.
     *
     *     For: Administrator, Contributor, Viewer.
     */
    get: operations["listRuns"];
    put?: never;
    /**
     * Start a run
     * @description An export has one run at a time: while one is going the answer names it. Only administrators may reconcile.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    post: operations["startRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/exports/{exportId}/previews": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Preview a run
     * @description Finds out what a run would do now, without doing it; Klaviyo is only read from. A caller has one preview of an export at a time: while one is under way the answer names it. Only administrators may preview a reconciliation.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    post: operations["createPreview"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/exports/{exportId}/previews/{previewId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a preview
     * @description Kept for an hour, since it holds profiles.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    get: operations["viewPreview"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/runs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Run all exports
     * @description Starts those that the caller may run and whose schedule is not off. One that is running goes on running.
     *
     *     For: Administrator, Contributor.
     */
    post: operations["runAll"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/runs/{runId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a run
     * @description For: Administrator, Contributor, Viewer.
     */
    get: operations["viewRun"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/runs/{runId}/cancel": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a run
     * @description It sends nothing more, waits for what Klaviyo has, and ends `canceled`.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    post: operations["cancelRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/runs/{runId}/rejections": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Link to a run's rejection report
     * @description For: Administrator, Contributor on a shared connection.
     */
    get: operations["downloadRejections"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/schedule": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show the system refresh
     * @description For: Administrator, Contributor, Viewer.
     */
    get: operations["viewSchedule"];
    /**
     * Set the system refresh
     * @description For: Administrator.
     */
    put: operations["updateSchedule"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/export-schedules": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Set the schedules of several exports
     * @description `switchOn` and `switchOff` keep the exports' own times. Each export's version is counted up; it takes no `If-Match`, since that names one version.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    put: operations["scheduleExports"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/exports/{exportId}/schedule": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Set an export's schedule
     * @description The schedule is a part of the export, and so is its version.
     *
     *     For: Administrator, Contributor on a shared connection.
     */
    put: operations["scheduleExport"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/openapi.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Describe the API
     * @description This document: OpenAPI 3.1.
     *
     *     For: Administrator, Contributor, Viewer.
     */
    get: operations["viewDescription"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/audit": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the audit log
     * @description Newest first, unless sorted by `at`. A page may hold fewer than `limit`, or nothing, when few entries are what is asked for; the list has ended when there is no `next`.
     *
     *     For: Administrator.
     */
    get: operations["viewAudit"];
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
    Connection: {
      connectionId: string;
      /** @constant */
      type: "klaviyo";
      displayName: string;
      /** @enum {string} */
      sharing: "administrators" | "administratorsAndContributors";
      profileLimit: number;
      /** @enum {string} */
      keySource: "typed" | "ownSecret";
      version: number;
      /** Format: date-time */
      updatedAt: string;
      updatedBy: string;
      account: {
        id: string;
        organizationName: string;
        timezone?: string;
      };
      scopes: (
        "accounts:read" | "lists:read" | "lists:write" | "profiles:read" | "profiles:write"
      )[];
      /** Format: date-time */
      lastUsedAt?: string;
      revision: {
        /** Format: date */
        inUse: string;
        /** Format: date */
        retiresOn: string;
      };
      consent: {
        agreedBy: string;
        /** Format: date-time */
        agreedAt: string;
        wordingVersion: string;
        wording: string;
      };
      exportUser: string;
      /** Format: date-time */
      createdAt: string;
      createdBy: string;
      /** @enum {string} */
      state:
        | "working"
        | "neverUsed"
        | "keyRefused"
        | "scopesMissing"
        | "secretUnreachable"
        | "otherAccount";
      /** Format: date-time */
      stateFoundAt: string;
      /** @enum {string} */
      stateFoundBy: "check" | "run";
      problem?: {
        /** @enum {string} */
        culprit: "user" | "external" | "system";
        code: string;
        message: string;
        params: Record<string, never>;
      };
      ownSecretArn?: string;
    };
    ConnectionPage: {
      items: (components["schemas"]["Connection"] | components["schemas"]["ConnectionSummary"])[];
      next?: string;
      unreadable?: string[];
    };
    ConnectionSummary: {
      connectionId: string;
      displayName: string;
      /** @constant */
      type: "klaviyo";
    };
    KlaviyoListPage: {
      items: components["schemas"]["KlaviyoList"][];
      next?: string;
      unreadable?: string[];
    };
    KlaviyoList: {
      id: string;
      name: string;
    };
    ExportPage: {
      items: components["schemas"]["Export"][];
      next?: string;
      unreadable?: string[];
    };
    Export: {
      exportId: string;
      listName?: string;
      version: number;
      lastRunId?: string;
      /** Format: date-time */
      createdAt: string;
      createdBy: string;
      /** Format: date-time */
      updatedAt: string;
      updatedBy: string;
      detached?: {
        /** Format: date-time */
        at: string;
        by: string;
      };
      displayName: string;
      connectionId: string | null;
      listId: string;
      segments: string[];
      mapping: {
        email: string;
        phone_number?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
              defaultCountry?: string;
            };
        external_id?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        first_name?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        last_name?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        organization?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        title?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        locale?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        image?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        location?: {
          address1?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          address2?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          city?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          country?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          region?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          zip?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          latitude?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          longitude?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          timezone?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          ip?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
        };
        properties?: Record<string, never>;
        consent?:
          | string
          | {
              field: string;
              /** @enum {string} */
              meaning?: "agreed" | "refused";
            };
      };
      /**
       * @description What becomes of those who leave the segments: upsert leaves them on the list, mirror takes them off it.
       * @default upsert
       * @enum {string}
       */
      syncMode: "upsert" | "mirror";
      /** @description Administrators are told when a run rejects more rows than this. */
      rejectionThreshold?: number;
      /** @description Subscribe the members to email marketing. */
      subscription?:
        | {
            /** @constant */
            historicalImport: false;
            customSource?: string;
            acknowledgement: {
              agreedBy: string;
              /** Format: date-time */
              agreedAt: string;
              wordingVersion: string;
              wording: string;
            };
          }
        | {
            /** @constant */
            historicalImport: true;
            consentedAtField: string;
            customSource?: string;
            acknowledgement: {
              agreedBy: string;
              /** Format: date-time */
              agreedAt: string;
              wordingVersion: string;
              wording: string;
            };
          };
      connection: {
        displayName: string;
        /** @constant */
        type: "klaviyo";
      } | null;
      currentRunId?: string;
      schedule:
        | {
            /** @constant */
            mode: "system";
          }
        | {
            /** @constant */
            mode: "own";
            recurrence:
              | {
                  /** @constant */
                  frequency: "daily";
                  times: string[];
                  timeZone: string;
                }
              | {
                  /** @constant */
                  frequency: "weekly";
                  days: (
                    | "monday"
                    | "tuesday"
                    | "wednesday"
                    | "thursday"
                    | "friday"
                    | "saturday"
                    | "sunday"
                  )[];
                  times: string[];
                  timeZone: string;
                };
          }
        | {
            /** @constant */
            mode: "off";
            recurrence?:
              | {
                  /** @constant */
                  frequency: "daily";
                  times: string[];
                  timeZone: string;
                }
              | {
                  /** @constant */
                  frequency: "weekly";
                  days: (
                    | "monday"
                    | "tuesday"
                    | "wednesday"
                    | "thursday"
                    | "friday"
                    | "saturday"
                    | "sunday"
                  )[];
                  times: string[];
                  timeZone: string;
                };
          };
      nextRun: string | null;
      lastRun: {
        runId: string;
        /** @enum {string} */
        trigger: "onDemand" | "scheduled";
        /** @enum {string} */
        status:
          | "queued"
          | "running"
          | "successful"
          | "completedWithWarnings"
          | "failed"
          | "skipped"
          | "canceled";
        /** @enum {string} */
        phase?: "preparing" | "pushing" | "confirming" | "removing" | "subscribing";
        /** Format: date-time */
        requestedAt: string;
        /** Format: date-time */
        startedAt?: string;
        /** Format: date-time */
        endedAt?: string;
        problem?: {
          /** @enum {string} */
          culprit: "user" | "external" | "system";
          code: string;
          message: string;
          params: Record<string, never>;
        };
      } | null;
      permissions: ("view" | "edit" | "run" | "delete" | "attach" | "detach")[];
    };
    DetachedExports: {
      items: components["schemas"]["Export"][];
    };
    SegmentPage: {
      items: components["schemas"]["SegmentSummary"][];
      next?: string;
      unreadable?: string[];
    };
    SegmentSummary: {
      name: string;
      files: number;
      bytes: number;
      refreshedAt: string;
    };
    Segment: {
      name: string;
      files: number;
      bytes: number;
      refreshedAt: string;
      fields: {
        name: string;
        /** @enum {string} */
        type: "text" | "number" | "boolean" | "date" | "list" | "object";
        reading?: {
          readonly empty?: string[];
          /** @enum {string} */
          decimal?: "." | ",";
          /** @enum {string} */
          dateOrder?: "dayFirst" | "monthFirst";
          countryCode?: string;
          readonly unclear?: ("decimal" | "format")[];
        };
      }[];
      suggestedEmailField?: string;
      rows: number;
      emailField?: string;
      suggestedMapping?: {
        email: string;
        phone_number?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
              defaultCountry?: string;
            };
        external_id?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        first_name?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        last_name?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        organization?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        title?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        locale?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        image?:
          | string
          | {
              field: string;
              /** @enum {string} */
              empty?: "leave" | "clear";
            };
        location?: {
          address1?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          address2?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          city?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          country?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          region?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          zip?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          latitude?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          longitude?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          timezone?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          ip?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
        };
        properties?: Record<string, never>;
        consent?:
          | string
          | {
              field: string;
              /** @enum {string} */
              meaning?: "agreed" | "refused";
            };
      };
      suggestedConsent?: {
        field: string;
        /** @enum {string} */
        meaning: "agreed" | "refused";
      };
      members?: number;
      warnings: {
        /** @enum {string} */
        culprit: "user" | "external" | "system";
        code: string;
        message: string;
        params: Record<string, never>;
      }[];
      settings?: components["schemas"]["SegmentSettings"];
    };
    SegmentSettings: {
      columns?: string[];
      marker?:
        | {
            /** @constant */
            kind: "none";
          }
        | {
            /** @constant */
            kind: "success";
          }
        | {
            /** @constant */
            kind: "file";
            name: string;
          }
        | {
            /** @constant */
            kind: "manifest";
            name: string;
          };
      version: number;
      /** Format: date-time */
      updatedAt?: string;
      updatedBy?: string;
    };
    Run: {
      runId: string;
      exportId: string;
      /** @enum {string} */
      trigger: "onDemand" | "scheduled";
      requestedBy: string;
      /** Format: date-time */
      scheduledFor?: string;
      /** @enum {string} */
      status:
        | "queued"
        | "running"
        | "successful"
        | "completedWithWarnings"
        | "failed"
        | "skipped"
        | "canceled";
      /** @enum {string} */
      phase?: "preparing" | "pushing" | "confirming" | "removing" | "subscribing";
      settings: {
        displayName: string;
        connectionId: string;
        listId: string;
        segments: string[];
        mapping: {
          email: string;
          phone_number?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
                defaultCountry?: string;
              };
          external_id?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          first_name?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          last_name?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          organization?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          title?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          locale?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          image?:
            | string
            | {
                field: string;
                /** @enum {string} */
                empty?: "leave" | "clear";
              };
          location?: {
            address1?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            address2?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            city?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            country?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            region?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            zip?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            latitude?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            longitude?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            timezone?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            ip?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
          };
          properties?: Record<string, never>;
          consent?:
            | string
            | {
                field: string;
                /** @enum {string} */
                meaning?: "agreed" | "refused";
              };
        };
        /**
         * @description What becomes of those who leave the segments: upsert leaves them on the list, mirror takes them off it.
         * @default upsert
         * @enum {string}
         */
        syncMode: "upsert" | "mirror";
        /** @description Administrators are told when a run rejects more rows than this. */
        rejectionThreshold?: number;
        /** @description Subscribe the members to email marketing. */
        subscription?:
          | {
              /** @constant */
              historicalImport: false;
              customSource?: string;
              acknowledgement: {
                agreedBy: string;
                /** Format: date-time */
                agreedAt: string;
                wordingVersion: string;
                wording: string;
              };
            }
          | {
              /** @constant */
              historicalImport: true;
              consentedAtField: string;
              customSource?: string;
              acknowledgement: {
                agreedBy: string;
                /** Format: date-time */
                agreedAt: string;
                wordingVersion: string;
                wording: string;
              };
            };
      };
      numbers: {
        rows: number;
        blank: number;
        invalid: number;
        duplicates: number;
        members: number;
        unchanged: number;
        imported: number;
        refused: number;
        unsent: number;
      };
      /**
       * @default {
       *       "leaving": 0,
       *       "removed": 0,
       *       "notFound": 0,
       *       "unremoved": 0
       *     }
       */
      removals: {
        leaving: number;
        removed: number;
        notFound: number;
        unremoved: number;
      };
      problem?: {
        /** @enum {string} */
        culprit: "user" | "external" | "system";
        code: string;
        message: string;
        params: Record<string, never>;
      };
      warnings: {
        /** @enum {string} */
        culprit: "user" | "external" | "system";
        code: string;
        message: string;
        params: Record<string, never>;
      }[];
      /**
       * @description Incremental sends what changed since Klaviyo's last confirmation, full sends all.
       * @default incremental
       * @enum {string}
       */
      mode: "incremental" | "full";
      /**
       * @description In sync mode mirror: remove those who left, however many they are.
       * @default false
       */
      allowMassRemoval: boolean;
      /**
       * @description In sync mode mirror, for administrators: read the list, and take off it everybody who is no member, whoever put them there.
       * @default false
       */
      reconcile: boolean;
      /**
       * @description For administrators: subscribe also those who have unsubscribed, in this run alone.
       * @default false
       */
      resubscribe: boolean;
      readings?: {
        readonly empty?: string[];
        /** @enum {string} */
        decimal?: "." | ",";
        /** @enum {string} */
        dateOrder?: "dayFirst" | "monthFirst";
        countryCode?: string;
        readonly unclear?: ("decimal" | "format")[];
        field: string;
      }[];
      segments?: {
        segment: string;
        /** Format: date-time */
        refreshedAt: string;
        /** @enum {string} */
        completeness: "proven" | "settled" | "unknown";
        files: number;
      }[];
      subscriptions?: {
        requested: number;
        accepted: number;
        /** @default 0 */
        uncertain: number;
        alreadySubscribed: number;
        excludedUnsubscribed: number;
        excludedSuppressed: number;
        /** @default 0 */
        excludedWithoutConsent: number;
        /** @default 0 */
        excludedConsentUnclear: number;
        excludedWithoutConsentTime: number;
        failed: number;
      };
      stopping?: {
        /** @enum {string} */
        culprit: "user" | "external" | "system";
        code: string;
        message: string;
        params: Record<string, never>;
      };
      waiting?: {
        /** @enum {string} */
        culprit: "user" | "external" | "system";
        code: string;
        message: string;
        params: Record<string, never>;
      };
      progress: {
        settledChunks: number;
        chunks: number | null;
        percent: number;
      };
      timings: {
        requestedAt: string;
        startedAt?: string;
        endedAt?: string;
        movedAt: string;
        seconds?: number;
      };
      links: {
        self: string;
        export: string;
        rejections?: string;
      };
    };
    RunPage: {
      items: components["schemas"]["Run"][];
      next?: string;
      unreadable?: string[];
    };
    Preview: {
      previewId: string;
      exportId: string;
      /**
       * @description Incremental sends what changed since Klaviyo's last confirmation, full sends all.
       * @default incremental
       * @enum {string}
       */
      mode: "incremental" | "full";
      /**
       * @description In sync mode mirror, for administrators: read the list, and take off it everybody who is no member, whoever put them there.
       * @default false
       */
      reconcile: boolean;
      requestedBy: string;
      /** Format: date-time */
      requestedAt: string;
      /** @enum {string} */
      status: "running" | "ready" | "failed";
      /** Format: date-time */
      endedAt?: string;
      problem?: {
        /** @enum {string} */
        culprit: "user" | "external" | "system";
        code: string;
        message: string;
        params: Record<string, never>;
      };
      numbers?: {
        rows: number;
        blank: number;
        invalid: number;
        duplicates: number;
        members: number;
        new: number;
        changed: number;
        unchanged: number;
        tooLarge: number;
        leaving: number;
      };
      profiles?: unknown[];
      rejections?: {
        segment: string;
        file: string;
        row: number;
        email: string | null;
        /** @enum {string} */
        code: "emailBlank" | "emailInvalid" | "emailDuplicate" | "profileTooLarge";
        text: string;
      }[];
      leavers?: string[];
      warnings?: {
        /** @enum {string} */
        culprit: "user" | "external" | "system";
        code: string;
        message: string;
        params: Record<string, never>;
      }[];
      readings?: {
        readonly empty?: string[];
        /** @enum {string} */
        decimal?: "." | ",";
        /** @enum {string} */
        dateOrder?: "dayFirst" | "monthFirst";
        countryCode?: string;
        readonly unclear?: ("decimal" | "format")[];
        field: string;
      }[];
      segments?: {
        segment: string;
        /** Format: date-time */
        refreshedAt: string;
        /** @enum {string} */
        completeness: "proven" | "settled" | "unknown";
        files: number;
      }[];
      stop?: {
        /** @enum {string} */
        culprit: "user" | "external" | "system";
        code: string;
        message: string;
        params: Record<string, never>;
      };
      estimate?: {
        calls: {
          importJobs: number;
          statusPolls: number;
          lookups: number;
          removals: number;
          subscriptions: number;
        };
        seconds: number;
      };
      links: {
        self: string;
        export: string;
      };
    };
    RequestedRuns: {
      items: {
        exportId: string;
        runId: string;
      }[];
    };
    RejectionsLink: {
      /** Format: uri */
      url: string;
      /** Format: uri */
      droppedValues?: string;
      /** Format: date-time */
      expiresAt: string;
    };
    SystemSchedule: {
      active: boolean;
      recurrence?:
        | {
            /** @constant */
            frequency: "daily";
            times: string[];
            timeZone: string;
          }
        | {
            /** @constant */
            frequency: "weekly";
            days: (
              "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
            )[];
            times: string[];
            timeZone: string;
          };
      version: number;
      /** Format: date-time */
      updatedAt?: string;
      updatedBy?: string;
      nextRuns: string[];
    };
    ScheduledExports: {
      items: components["schemas"]["ScheduledExport"][];
    };
    ScheduledExport: {
      exportId: string;
      version: number;
      schedule:
        | {
            /** @constant */
            mode: "system";
          }
        | {
            /** @constant */
            mode: "own";
            recurrence:
              | {
                  /** @constant */
                  frequency: "daily";
                  times: string[];
                  timeZone: string;
                }
              | {
                  /** @constant */
                  frequency: "weekly";
                  days: (
                    | "monday"
                    | "tuesday"
                    | "wednesday"
                    | "thursday"
                    | "friday"
                    | "saturday"
                    | "sunday"
                  )[];
                  times: string[];
                  timeZone: string;
                };
          }
        | {
            /** @constant */
            mode: "off";
            recurrence?:
              | {
                  /** @constant */
                  frequency: "daily";
                  times: string[];
                  timeZone: string;
                }
              | {
                  /** @constant */
                  frequency: "weekly";
                  days: (
                    | "monday"
                    | "tuesday"
                    | "wednesday"
                    | "thursday"
                    | "friday"
                    | "saturday"
                    | "sunday"
                  )[];
                  times: string[];
                  timeZone: string;
                };
          };
      nextRun: string | null;
    };
    AuditPage: {
      items: components["schemas"]["AuditEntry"][];
      next?: string;
      unreadable?: string[];
    };
    AuditEntry: {
      auditId: string;
      /** Format: date-time */
      at: string;
      action: string;
      actor: {
        userId: string;
        /** @enum {string} */
        role?: "Administrator" | "Contributor" | "Viewer";
      };
      source:
        | {
            /** @constant */
            kind: "api";
            requestId: string;
            ip?: string;
            userAgent?: string;
          }
        | {
            /** @constant */
            kind: "schedule";
          }
        | {
            /** @constant */
            kind: "run";
          };
      /** @enum {string} */
      outcome: "succeeded" | "refused" | "failed" | "unknown";
      code?: string;
      target?: {
        /** @enum {string} */
        kind: "connection" | "export" | "run" | "list" | "other";
        id: string;
      };
      runId?: string;
      before?: Record<string, never>;
      after?: Record<string, never>;
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      /** @enum {string} */
      code:
        | "invalidRequest"
        | "mediaTypeUnsupported"
        | "requestTooLarge"
        | "versionStale"
        | "idempotencyKeyReused"
        | "idempotencyKeyBusy"
        | "notAuthenticated"
        | "notPermitted"
        | "connectionNotFound"
        | "exportNotFound"
        | "runNotFound"
        | "previewNotFound"
        | "routeNotFound"
        | "displayNameTaken"
        | "connectionInUse"
        | "connectionChanged"
        | "noConnectionAvailable"
        | "exportChanged"
        | "scheduleChanged"
        | "segmentSettingsChanged"
        | "exportRunning"
        | "itemUnreadable"
        | "previewRunning"
        | "reportExpired"
        | "reportNotAvailable"
        | "keyRefused"
        | "scopesMissing"
        | "secretUnreadable"
        | "ownSecretUnreadable"
        | "secretScheduledForDeletion"
        | "ownSecretInUse"
        | "accountMismatch"
        | "listNotFound"
        | "klaviyoUnavailable"
        | "klaviyoForbids"
        | "klaviyoRefused"
        | "valuesIgnored"
        | "jobCancelled"
        | "segmentMissing"
        | "segmentEmpty"
        | "segmentChanged"
        | "segmentUnfinished"
        | "manifestUnreadable"
        | "segmentUnreadable"
        | "lakeTable"
        | "segmentTooLarge"
        | "headerMissing"
        | "columnsDiffer"
        | "encodingTold"
        | "encodingUnsure"
        | "charactersLost"
        | "linesAboveHeader"
        | "diskFull"
        | "fieldMissing"
        | "fieldRepeated"
        | "valuesDropped"
        | "fieldDropped"
        | "codeWithoutPlus"
        | "noValidEmail"
        | "overProfileLimit"
        | "snapshotUnreadable"
        | "othersRemoved"
        | "noConnectionAttached"
        | "previousRunGoing"
        | "tooManyRejected"
        | "connectionDetached"
        | "connectionRemoved"
        | "exportDeleted"
        | "runCanceled"
        | "runEnded"
        | "stagingInterrupted"
        | "chunkUnsent"
        | "profilesUnsent"
        | "awsUnavailable"
        | "runStalled"
        | "internalError"
        | "removalGuard"
        | "leaversUnknown"
        | "leavingUnknown"
        | "reconcileUpsert"
        | "listMirrored"
        | "profilesUnremoved"
        | "consentTimeMissing"
        | "consentUnclear"
        | "subscriptionsFailed"
        | "subscriptionsUnsettled"
        | "subscriptionsUncertain"
        | "subscribersForgotten";
      field?: string;
      params?: Record<string, never>;
      requestId: string;
    };
  };
  responses: {
    /** @description `invalidRequest` */
    BadRequest: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description `notAuthenticated` */
    Unauthorized: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
        "application/json": {
          message?: string;
        };
      };
    };
    /** @description `notPermitted` */
    Forbidden: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description `connectionNotFound`, `listNotFound`, `segmentMissing`, `exportNotFound`, `previewNotFound`, `runNotFound`, `reportNotAvailable` */
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description `displayNameTaken`, `idempotencyKeyBusy`, `connectionChanged`, `connectionInUse`, `ownSecretInUse`, `exportChanged`, `segmentChanged`, `segmentUnfinished`, `segmentSettingsChanged`, `noConnectionAvailable`, `listMirrored`, `exportRunning`, `reconcileUpsert`, `previewRunning`, `runEnded`, `scheduleChanged` */
    Conflict: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description `reportExpired` */
    Gone: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description `versionStale` */
    PreconditionFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description `requestTooLarge` */
    ContentTooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
        "application/json": {
          message?: string;
        };
      };
    };
    /** @description `mediaTypeUnsupported` */
    UnsupportedMediaType: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description `keyRefused`, `scopesMissing`, `ownSecretUnreadable`, `secretScheduledForDeletion`, `klaviyoForbids`, `idempotencyKeyReused`, `accountMismatch`, `secretUnreadable`, `manifestUnreadable`, `segmentUnreadable`, `diskFull`, `lakeTable`, `segmentTooLarge`, `headerMissing`, `columnsDiffer`, `fieldMissing`, `connectionNotFound`, `segmentMissing`, `listNotFound`, `exportNotFound` */
    UnprocessableContent: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description Too many requests in a second; try again. */
    TooManyRequests: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          message?: string;
        };
      };
    };
    /** @description `internalError`, `itemUnreadable` */
    InternalServerError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
        "application/json": {
          message?: string;
        };
      };
    };
    /** @description `klaviyoRefused` */
    BadGateway: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
    ServiceUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
        "application/json": {
          message?: string;
        };
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /**
     * @description The version of what is answered, for `If-Match`.
     * @example "3"
     */
    ETag: string;
    /**
     * @description Where what was made or started can be seen.
     * @example /runs/01M84KSTQVRD05QHBZK6VTEBKV
     */
    Location: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listConnections: {
    parameters: {
      query?: {
        limit?: number;
        after?: string;
        search?: string;
        sort?: "displayName" | "createdAt" | "-displayName" | "-createdAt";
        state?:
          | "working"
          | "neverUsed"
          | "keyRefused"
          | "scopesMissing"
          | "secretUnreachable"
          | "otherAccount";
        sharing?: "administrators" | "administratorsAndContributors";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of connections. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *           "type": "klaviyo",
           *           "displayName": "Shop",
           *           "sharing": "administratorsAndContributors",
           *           "profileLimit": 100000,
           *           "account": {
           *             "id": "AbC123",
           *             "organizationName": "Example Shop",
           *             "timezone": "Europe/Berlin"
           *           },
           *           "scopes": [
           *             "accounts:read",
           *             "lists:read",
           *             "lists:write",
           *             "profiles:read",
           *             "profiles:write"
           *           ],
           *           "keySource": "typed",
           *           "revision": {
           *             "inUse": "2026-07-15",
           *             "retiresOn": "2028-07-15"
           *           },
           *           "consent": {
           *             "agreedBy": "administrator-1",
           *             "agreedAt": "2026-11-02T08:00:00.000Z",
           *             "wordingVersion": "2026-11",
           *             "wording": "I agree that the fields mapped in exports, which may hold personal data, are sent to Klaviyo and so leave this system's compliance boundary; that we are responsible for Klaviyo meeting our privacy and security duties and for having obtained the consent needed; and that an administrator can remove the connection at any time to end the flow."
           *           },
           *           "exportUser": "administrator-1",
           *           "version": 1,
           *           "createdAt": "2026-11-02T08:00:00.000Z",
           *           "createdBy": "administrator-1",
           *           "updatedAt": "2026-11-02T08:00:00.000Z",
           *           "updatedBy": "administrator-1",
           *           "state": "neverUsed",
           *           "stateFoundAt": "2026-11-02T08:00:00.000Z",
           *           "stateFoundBy": "check"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["ConnectionPage"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  createConnection: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description Makes a repetition safe: chosen by the caller, a new one for every new request.
         * @example 0b0c1f4e-6f0a-4a53-9a51-0d3a1c7f4d11
         */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "displayName": "Shop",
         *       "secretArn": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:klaviyo-shop-AbCdEf",
         *       "agree": true,
         *       "sharing": "administratorsAndContributors"
         *     }
         */
        "application/json": {
          displayName: string;
          /**
           * @default administrators
           * @enum {string}
           */
          sharing?: "administrators" | "administratorsAndContributors";
          /** @default 100000 */
          profileLimit?: number;
          apiKey?: string;
          secretArn?: string;
          /** @constant */
          agree: true;
        };
      };
    };
    responses: {
      /** @description The connection. */
      201: {
        headers: {
          ETag: components["headers"]["ETag"];
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *       "type": "klaviyo",
           *       "displayName": "Shop",
           *       "sharing": "administratorsAndContributors",
           *       "profileLimit": 100000,
           *       "account": {
           *         "id": "AbC123",
           *         "organizationName": "Example Shop",
           *         "timezone": "Europe/Berlin"
           *       },
           *       "scopes": [
           *         "accounts:read",
           *         "lists:read",
           *         "lists:write",
           *         "profiles:read",
           *         "profiles:write"
           *       ],
           *       "keySource": "typed",
           *       "revision": {
           *         "inUse": "2026-07-15",
           *         "retiresOn": "2028-07-15"
           *       },
           *       "consent": {
           *         "agreedBy": "administrator-1",
           *         "agreedAt": "2026-11-02T08:00:00.000Z",
           *         "wordingVersion": "2026-11",
           *         "wording": "I agree that the fields mapped in exports, which may hold personal data, are sent to Klaviyo and so leave this system's compliance boundary; that we are responsible for Klaviyo meeting our privacy and security duties and for having obtained the consent needed; and that an administrator can remove the connection at any time to end the flow."
           *       },
           *       "exportUser": "administrator-1",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "state": "neverUsed",
           *       "stateFoundAt": "2026-11-02T08:00:00.000Z",
           *       "stateFoundBy": "check"
           *     }
           */
          "application/json": components["schemas"]["Connection"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `displayNameTaken`, `idempotencyKeyBusy` */
      409: components["responses"]["Conflict"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `keyRefused`, `scopesMissing`, `ownSecretUnreadable`, `secretScheduledForDeletion`, `klaviyoForbids`, `idempotencyKeyReused` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description `klaviyoRefused` */
      502: components["responses"]["BadGateway"];
      /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewConnection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        connectionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The connection, as far as the caller may see it. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *       "type": "klaviyo",
           *       "displayName": "Shop",
           *       "sharing": "administratorsAndContributors",
           *       "profileLimit": 100000,
           *       "account": {
           *         "id": "AbC123",
           *         "organizationName": "Example Shop",
           *         "timezone": "Europe/Berlin"
           *       },
           *       "scopes": [
           *         "accounts:read",
           *         "lists:read",
           *         "lists:write",
           *         "profiles:read",
           *         "profiles:write"
           *       ],
           *       "keySource": "typed",
           *       "revision": {
           *         "inUse": "2026-07-15",
           *         "retiresOn": "2028-07-15"
           *       },
           *       "consent": {
           *         "agreedBy": "administrator-1",
           *         "agreedAt": "2026-11-02T08:00:00.000Z",
           *         "wordingVersion": "2026-11",
           *         "wording": "I agree that the fields mapped in exports, which may hold personal data, are sent to Klaviyo and so leave this system's compliance boundary; that we are responsible for Klaviyo meeting our privacy and security duties and for having obtained the consent needed; and that an administrator can remove the connection at any time to end the flow."
           *       },
           *       "exportUser": "administrator-1",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "state": "neverUsed",
           *       "stateFoundAt": "2026-11-02T08:00:00.000Z",
           *       "stateFoundBy": "check"
           *     }
           */
          "application/json":
            components["schemas"]["Connection"] | components["schemas"]["ConnectionSummary"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound` */
      404: components["responses"]["NotFound"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  updateConnection: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The `ETag` of the version that is to be replaced.
         * @example "3"
         */
        "If-Match"?: string;
      };
      path: {
        connectionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "displayName": "Shop",
         *       "sharing": "administrators",
         *       "profileLimit": 250000
         *     }
         */
        "application/json": {
          displayName: string;
          /** @enum {string} */
          sharing: "administrators" | "administratorsAndContributors";
          profileLimit: number;
          version?: number;
        };
      };
    };
    responses: {
      /** @description The connection. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *       "type": "klaviyo",
           *       "displayName": "Shop",
           *       "sharing": "administratorsAndContributors",
           *       "profileLimit": 100000,
           *       "account": {
           *         "id": "AbC123",
           *         "organizationName": "Example Shop",
           *         "timezone": "Europe/Berlin"
           *       },
           *       "scopes": [
           *         "accounts:read",
           *         "lists:read",
           *         "lists:write",
           *         "profiles:read",
           *         "profiles:write"
           *       ],
           *       "keySource": "typed",
           *       "revision": {
           *         "inUse": "2026-07-15",
           *         "retiresOn": "2028-07-15"
           *       },
           *       "consent": {
           *         "agreedBy": "administrator-1",
           *         "agreedAt": "2026-11-02T08:00:00.000Z",
           *         "wordingVersion": "2026-11",
           *         "wording": "I agree that the fields mapped in exports, which may hold personal data, are sent to Klaviyo and so leave this system's compliance boundary; that we are responsible for Klaviyo meeting our privacy and security duties and for having obtained the consent needed; and that an administrator can remove the connection at any time to end the flow."
           *       },
           *       "exportUser": "administrator-1",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "state": "neverUsed",
           *       "stateFoundAt": "2026-11-02T08:00:00.000Z",
           *       "stateFoundBy": "check"
           *     }
           */
          "application/json": components["schemas"]["Connection"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `connectionChanged`, `displayNameTaken` */
      409: components["responses"]["Conflict"];
      /** @description `versionStale` */
      412: components["responses"]["PreconditionFailed"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  deleteConnection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        connectionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The connection is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `connectionInUse` */
      409: components["responses"]["Conflict"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  verifyConnection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        connectionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The connection, with the state found. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *       "type": "klaviyo",
           *       "displayName": "Shop",
           *       "sharing": "administratorsAndContributors",
           *       "profileLimit": 100000,
           *       "account": {
           *         "id": "AbC123",
           *         "organizationName": "Example Shop",
           *         "timezone": "Europe/Berlin"
           *       },
           *       "scopes": [
           *         "accounts:read",
           *         "lists:read",
           *         "lists:write",
           *         "profiles:read",
           *         "profiles:write"
           *       ],
           *       "keySource": "typed",
           *       "revision": {
           *         "inUse": "2026-07-15",
           *         "retiresOn": "2028-07-15"
           *       },
           *       "consent": {
           *         "agreedBy": "administrator-1",
           *         "agreedAt": "2026-11-02T08:00:00.000Z",
           *         "wordingVersion": "2026-11",
           *         "wording": "I agree that the fields mapped in exports, which may hold personal data, are sent to Klaviyo and so leave this system's compliance boundary; that we are responsible for Klaviyo meeting our privacy and security duties and for having obtained the consent needed; and that an administrator can remove the connection at any time to end the flow."
           *       },
           *       "exportUser": "administrator-1",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "state": "neverUsed",
           *       "stateFoundAt": "2026-11-02T08:00:00.000Z",
           *       "stateFoundBy": "check"
           *     }
           */
          "application/json": components["schemas"]["Connection"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `klaviyoForbids` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description `klaviyoRefused` */
      502: components["responses"]["BadGateway"];
      /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  replaceKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        connectionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "secretArn": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:klaviyo-shop-AbCdEf"
         *     }
         */
        "application/json": {
          apiKey?: string;
          secretArn?: string;
        };
      };
    };
    responses: {
      /** @description The connection. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *       "type": "klaviyo",
           *       "displayName": "Shop",
           *       "sharing": "administratorsAndContributors",
           *       "profileLimit": 100000,
           *       "account": {
           *         "id": "AbC123",
           *         "organizationName": "Example Shop",
           *         "timezone": "Europe/Berlin"
           *       },
           *       "scopes": [
           *         "accounts:read",
           *         "lists:read",
           *         "lists:write",
           *         "profiles:read",
           *         "profiles:write"
           *       ],
           *       "keySource": "typed",
           *       "revision": {
           *         "inUse": "2026-07-15",
           *         "retiresOn": "2028-07-15"
           *       },
           *       "consent": {
           *         "agreedBy": "administrator-1",
           *         "agreedAt": "2026-11-02T08:00:00.000Z",
           *         "wordingVersion": "2026-11",
           *         "wording": "I agree that the fields mapped in exports, which may hold personal data, are sent to Klaviyo and so leave this system's compliance boundary; that we are responsible for Klaviyo meeting our privacy and security duties and for having obtained the consent needed; and that an administrator can remove the connection at any time to end the flow."
           *       },
           *       "exportUser": "administrator-1",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "state": "neverUsed",
           *       "stateFoundAt": "2026-11-02T08:00:00.000Z",
           *       "stateFoundBy": "check"
           *     }
           */
          "application/json": components["schemas"]["Connection"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `connectionChanged`, `ownSecretInUse` */
      409: components["responses"]["Conflict"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `accountMismatch`, `keyRefused`, `scopesMissing`, `ownSecretUnreadable`, `secretScheduledForDeletion`, `klaviyoForbids` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description `klaviyoRefused` */
      502: components["responses"]["BadGateway"];
      /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  listKlaviyoLists: {
    parameters: {
      query?: {
        limit?: number;
        after?: string;
        search?: string;
      };
      header?: never;
      path: {
        connectionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of lists. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "LiSt01",
           *           "name": "Newsletter"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["KlaviyoListPage"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `keyRefused`, `scopesMissing`, `accountMismatch`, `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`, `klaviyoForbids` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description `klaviyoRefused` */
      502: components["responses"]["BadGateway"];
      /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  createKlaviyoList: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description Makes a repetition safe: chosen by the caller, a new one for every new request.
         * @example 0b0c1f4e-6f0a-4a53-9a51-0d3a1c7f4d11
         */
        "Idempotency-Key"?: string;
      };
      path: {
        connectionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Newsletter"
         *     }
         */
        "application/json": {
          name: string;
        };
      };
    };
    responses: {
      /** @description The list. */
      201: {
        headers: {
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "LiSt01",
           *       "name": "Newsletter"
           *     }
           */
          "application/json": components["schemas"]["KlaviyoList"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `idempotencyKeyBusy` */
      409: components["responses"]["Conflict"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `keyRefused`, `scopesMissing`, `accountMismatch`, `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`, `klaviyoForbids`, `idempotencyKeyReused` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description `klaviyoRefused` */
      502: components["responses"]["BadGateway"];
      /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewKlaviyoList: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        connectionId: string;
        listId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The list. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "LiSt01",
           *       "name": "Newsletter"
           *     }
           */
          "application/json": components["schemas"]["KlaviyoList"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound`, `listNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `keyRefused`, `scopesMissing`, `accountMismatch`, `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`, `klaviyoForbids` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description `klaviyoRefused` */
      502: components["responses"]["BadGateway"];
      /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  listConnectionExports: {
    parameters: {
      query?: {
        limit?: number;
        after?: string;
        search?: string;
        sort?:
          "displayName" | "createdAt" | "updatedAt" | "-displayName" | "-createdAt" | "-updatedAt";
        listId?: string;
        segment?: string;
        syncMode?: "upsert" | "mirror";
        scheduleMode?: "system" | "own" | "off";
        lastRunStatus?:
          | "queued"
          | "running"
          | "successful"
          | "completedWithWarnings"
          | "failed"
          | "skipped"
          | "canceled";
      };
      header?: never;
      path: {
        connectionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of exports. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *           "version": 1,
           *           "createdAt": "2026-11-02T08:00:00.000Z",
           *           "createdBy": "administrator-1",
           *           "updatedAt": "2026-11-02T08:00:00.000Z",
           *           "updatedBy": "administrator-1",
           *           "displayName": "Customers to newsletter",
           *           "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *           "listId": "LiSt01",
           *           "segments": [
           *             "customers"
           *           ],
           *           "mapping": {
           *             "email": "Email"
           *           },
           *           "syncMode": "upsert",
           *           "connection": {
           *             "displayName": "Shop",
           *             "type": "klaviyo"
           *           },
           *           "schedule": {
           *             "mode": "system"
           *           },
           *           "nextRun": "2026-11-03T05:00:00.000Z",
           *           "lastRun": null,
           *           "permissions": [
           *             "view",
           *             "edit",
           *             "run",
           *             "delete",
           *             "attach",
           *             "detach"
           *           ]
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["ExportPage"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound` */
      404: components["responses"]["NotFound"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  detachConnectionExports: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        connectionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The exports, detached. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *           "version": 1,
           *           "createdAt": "2026-11-02T08:00:00.000Z",
           *           "createdBy": "administrator-1",
           *           "updatedAt": "2026-11-02T08:00:00.000Z",
           *           "updatedBy": "administrator-1",
           *           "displayName": "Customers to newsletter",
           *           "connectionId": null,
           *           "listId": "LiSt01",
           *           "segments": [
           *             "customers"
           *           ],
           *           "mapping": {
           *             "email": "Email"
           *           },
           *           "syncMode": "upsert",
           *           "connection": null,
           *           "schedule": {
           *             "mode": "system"
           *           },
           *           "nextRun": null,
           *           "lastRun": null,
           *           "permissions": [
           *             "view",
           *             "edit",
           *             "run",
           *             "delete",
           *             "attach",
           *             "detach"
           *           ],
           *           "detached": {
           *             "at": "2026-11-02T08:00:00.000Z",
           *             "by": "administrator-1"
           *           }
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["DetachedExports"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `connectionNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `exportChanged` */
      409: components["responses"]["Conflict"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  listSegments: {
    parameters: {
      query?: {
        limit?: number;
        after?: string;
        search?: string;
        sort?: "name" | "refreshedAt" | "-name" | "-refreshedAt";
        from?: string;
        until?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of segments. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "name": "customers",
           *           "files": 1,
           *           "bytes": 52480,
           *           "refreshedAt": "2026-11-02T08:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["SegmentPage"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewSegment: {
    parameters: {
      query?: {
        emailField?: string;
      };
      header?: never;
      path: {
        segment: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The segment. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "name": "customers",
           *       "files": 1,
           *       "bytes": 52480,
           *       "refreshedAt": "2026-11-02T08:00:00.000Z",
           *       "fields": [
           *         {
           *           "name": "Email",
           *           "type": "text"
           *         },
           *         {
           *           "name": "Orders",
           *           "type": "number"
           *         }
           *       ],
           *       "suggestedEmailField": "Email",
           *       "rows": 1200,
           *       "emailField": "Email",
           *       "suggestedMapping": {
           *         "email": "Email"
           *       },
           *       "members": 1100,
           *       "warnings": []
           *     }
           */
          "application/json": components["schemas"]["Segment"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `segmentMissing` */
      404: components["responses"]["NotFound"];
      /** @description `segmentChanged`, `segmentUnfinished` */
      409: components["responses"]["Conflict"];
      /** @description `manifestUnreadable`, `segmentUnreadable`, `diskFull`, `lakeTable`, `segmentTooLarge`, `headerMissing`, `columnsDiffer`, `fieldMissing` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewSegmentSettings: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        segment: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The segment's settings. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "columns": [
           *         "Email",
           *         "First name",
           *         "Orders"
           *       ],
           *       "version": 2,
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "user-1"
           *     }
           */
          "application/json": components["schemas"]["SegmentSettings"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `segmentMissing` */
      404: components["responses"]["NotFound"];
      /** @description `lakeTable` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  updateSegmentSettings: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The `ETag` of the version that is to be replaced.
         * @example "3"
         */
        "If-Match"?: string;
      };
      path: {
        segment: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "columns": [
         *         "Email",
         *         "First name",
         *         "Orders"
         *       ]
         *     }
         */
        "application/json": {
          columns?: string[] | null;
          marker?:
            | {
                /** @constant */
                kind: "none";
              }
            | {
                /** @constant */
                kind: "success";
              }
            | {
                /** @constant */
                kind: "file";
                name: string;
              }
            | {
                /** @constant */
                kind: "manifest";
                name: string;
              };
        };
      };
    };
    responses: {
      /** @description The segment's settings. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "columns": [
           *         "Email",
           *         "First name",
           *         "Orders"
           *       ],
           *       "version": 2,
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "user-1"
           *     }
           */
          "application/json": components["schemas"]["SegmentSettings"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `segmentMissing` */
      404: components["responses"]["NotFound"];
      /** @description `segmentSettingsChanged` */
      409: components["responses"]["Conflict"];
      /** @description `versionStale` */
      412: components["responses"]["PreconditionFailed"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `lakeTable` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  listExports: {
    parameters: {
      query?: {
        limit?: number;
        after?: string;
        search?: string;
        sort?:
          "displayName" | "createdAt" | "updatedAt" | "-displayName" | "-createdAt" | "-updatedAt";
        listId?: string;
        segment?: string;
        syncMode?: "upsert" | "mirror";
        scheduleMode?: "system" | "own" | "off";
        lastRunStatus?:
          | "queued"
          | "running"
          | "successful"
          | "completedWithWarnings"
          | "failed"
          | "skipped"
          | "canceled";
        connectionId?: string;
        detached?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of exports. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *           "version": 1,
           *           "createdAt": "2026-11-02T08:00:00.000Z",
           *           "createdBy": "administrator-1",
           *           "updatedAt": "2026-11-02T08:00:00.000Z",
           *           "updatedBy": "administrator-1",
           *           "displayName": "Customers to newsletter",
           *           "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *           "listId": "LiSt01",
           *           "segments": [
           *             "customers"
           *           ],
           *           "mapping": {
           *             "email": "Email"
           *           },
           *           "syncMode": "upsert",
           *           "connection": {
           *             "displayName": "Shop",
           *             "type": "klaviyo"
           *           },
           *           "schedule": {
           *             "mode": "system"
           *           },
           *           "nextRun": "2026-11-03T05:00:00.000Z",
           *           "lastRun": null,
           *           "permissions": [
           *             "view",
           *             "edit",
           *             "run",
           *             "delete",
           *             "attach",
           *             "detach"
           *           ]
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["ExportPage"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  createExport: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description Makes a repetition safe: chosen by the caller, a new one for every new request.
         * @example 0b0c1f4e-6f0a-4a53-9a51-0d3a1c7f4d11
         */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "displayName": "Customers to newsletter",
         *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
         *       "listId": "LiSt01",
         *       "segments": [
         *         "customers"
         *       ],
         *       "mapping": {
         *         "email": "Email"
         *       },
         *       "syncMode": "upsert"
         *     }
         */
        "application/json": {
          displayName: string;
          connectionId: string;
          listId: string;
          segments: string[];
          mapping: {
            email: string;
            phone_number?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                  defaultCountry?: string;
                };
            external_id?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            first_name?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            last_name?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            organization?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            title?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            locale?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            image?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            location?: {
              address1?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              address2?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              city?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              country?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              region?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              zip?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              latitude?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              longitude?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              timezone?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              ip?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
            };
            properties?: {
              [key: string]:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                    /** @enum {string} */
                    type?: "text" | "number" | "boolean" | "date" | "list" | "json";
                    separator?: string;
                    /** @enum {string} */
                    decimal?: "." | ",";
                    format?: string;
                  };
            };
            consent?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  meaning?: "agreed" | "refused";
                };
          };
          /**
           * @description What becomes of those who leave the segments: upsert leaves them on the list, mirror takes them off it.
           * @default upsert
           * @enum {string}
           */
          syncMode?: "upsert" | "mirror";
          /** @description Administrators are told when a run rejects more rows than this. */
          rejectionThreshold?: number;
          /** @description Subscribe the members to email marketing. */
          subscription?:
            | {
                /** @constant */
                historicalImport: false;
                customSource?: string;
                agree?: boolean;
              }
            | {
                /** @constant */
                historicalImport: true;
                consentedAtField: string;
                customSource?: string;
                agree?: boolean;
              };
        };
      };
    };
    responses: {
      /** @description The export. */
      201: {
        headers: {
          ETag: components["headers"]["ETag"];
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "displayName": "Customers to newsletter",
           *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *       "listId": "LiSt01",
           *       "segments": [
           *         "customers"
           *       ],
           *       "mapping": {
           *         "email": "Email"
           *       },
           *       "syncMode": "upsert",
           *       "connection": {
           *         "displayName": "Shop",
           *         "type": "klaviyo"
           *       },
           *       "schedule": {
           *         "mode": "system"
           *       },
           *       "nextRun": "2026-11-03T05:00:00.000Z",
           *       "lastRun": null,
           *       "permissions": [
           *         "view",
           *         "edit",
           *         "run",
           *         "delete",
           *         "attach",
           *         "detach"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["Export"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `noConnectionAvailable`, `listMirrored`, `idempotencyKeyBusy` */
      409: components["responses"]["Conflict"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `connectionNotFound`, `segmentMissing`, `lakeTable`, `segmentTooLarge`, `listNotFound`, `keyRefused`, `scopesMissing`, `accountMismatch`, `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`, `klaviyoForbids`, `idempotencyKeyReused` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description `klaviyoRefused` */
      502: components["responses"]["BadGateway"];
      /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewExport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        exportId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The export. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "displayName": "Customers to newsletter",
           *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *       "listId": "LiSt01",
           *       "segments": [
           *         "customers"
           *       ],
           *       "mapping": {
           *         "email": "Email"
           *       },
           *       "syncMode": "upsert",
           *       "connection": {
           *         "displayName": "Shop",
           *         "type": "klaviyo"
           *       },
           *       "schedule": {
           *         "mode": "system"
           *       },
           *       "nextRun": "2026-11-03T05:00:00.000Z",
           *       "lastRun": null,
           *       "permissions": [
           *         "view",
           *         "edit",
           *         "run",
           *         "delete",
           *         "attach",
           *         "detach"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["Export"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  updateExport: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The `ETag` of the version that is to be replaced.
         * @example "3"
         */
        "If-Match"?: string;
      };
      path: {
        exportId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "displayName": "Customers to newsletter",
         *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
         *       "listId": "LiSt01",
         *       "segments": [
         *         "customers"
         *       ],
         *       "mapping": {
         *         "email": "Email"
         *       },
         *       "syncMode": "upsert"
         *     }
         */
        "application/json": {
          displayName: string;
          connectionId: string;
          listId: string;
          segments: string[];
          mapping: {
            email: string;
            phone_number?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                  defaultCountry?: string;
                };
            external_id?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            first_name?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            last_name?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            organization?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            title?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            locale?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            image?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  empty?: "leave" | "clear";
                };
            location?: {
              address1?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              address2?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              city?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              country?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              region?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              zip?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              latitude?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              longitude?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              timezone?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
              ip?:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                  };
            };
            properties?: {
              [key: string]:
                | string
                | {
                    field: string;
                    /** @enum {string} */
                    empty?: "leave" | "clear";
                    /** @enum {string} */
                    type?: "text" | "number" | "boolean" | "date" | "list" | "json";
                    separator?: string;
                    /** @enum {string} */
                    decimal?: "." | ",";
                    format?: string;
                  };
            };
            consent?:
              | string
              | {
                  field: string;
                  /** @enum {string} */
                  meaning?: "agreed" | "refused";
                };
          };
          /**
           * @description What becomes of those who leave the segments: upsert leaves them on the list, mirror takes them off it.
           * @default upsert
           * @enum {string}
           */
          syncMode?: "upsert" | "mirror";
          /** @description Administrators are told when a run rejects more rows than this. */
          rejectionThreshold?: number;
          /** @description Subscribe the members to email marketing. */
          subscription?:
            | {
                /** @constant */
                historicalImport: false;
                customSource?: string;
                agree?: boolean;
              }
            | {
                /** @constant */
                historicalImport: true;
                consentedAtField: string;
                customSource?: string;
                agree?: boolean;
              };
          version?: number;
        };
      };
    };
    responses: {
      /** @description The export. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "displayName": "Customers to newsletter",
           *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *       "listId": "LiSt01",
           *       "segments": [
           *         "customers"
           *       ],
           *       "mapping": {
           *         "email": "Email"
           *       },
           *       "syncMode": "upsert",
           *       "connection": {
           *         "displayName": "Shop",
           *         "type": "klaviyo"
           *       },
           *       "schedule": {
           *         "mode": "system"
           *       },
           *       "nextRun": "2026-11-03T05:00:00.000Z",
           *       "lastRun": null,
           *       "permissions": [
           *         "view",
           *         "edit",
           *         "run",
           *         "delete",
           *         "attach",
           *         "detach"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["Export"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `exportChanged`, `noConnectionAvailable`, `listMirrored` */
      409: components["responses"]["Conflict"];
      /** @description `versionStale` */
      412: components["responses"]["PreconditionFailed"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `connectionNotFound`, `segmentMissing`, `lakeTable`, `segmentTooLarge`, `listNotFound`, `keyRefused`, `scopesMissing`, `accountMismatch`, `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`, `klaviyoForbids` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description `klaviyoRefused` */
      502: components["responses"]["BadGateway"];
      /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  deleteExport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        exportId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The export is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  attachExport: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The `ETag` of the version that is to be replaced.
         * @example "3"
         */
        "If-Match"?: string;
      };
      path: {
        exportId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
         *       "listId": "LiSt01"
         *     }
         */
        "application/json": {
          connectionId: string;
          listId?: string;
          agree?: boolean;
        };
      };
    };
    responses: {
      /** @description The export. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "displayName": "Customers to newsletter",
           *       "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *       "listId": "LiSt01",
           *       "segments": [
           *         "customers"
           *       ],
           *       "mapping": {
           *         "email": "Email"
           *       },
           *       "syncMode": "upsert",
           *       "connection": {
           *         "displayName": "Shop",
           *         "type": "klaviyo"
           *       },
           *       "schedule": {
           *         "mode": "system"
           *       },
           *       "nextRun": "2026-11-03T05:00:00.000Z",
           *       "lastRun": null,
           *       "permissions": [
           *         "view",
           *         "edit",
           *         "run",
           *         "delete",
           *         "attach",
           *         "detach"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["Export"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `exportChanged`, `noConnectionAvailable`, `listMirrored` */
      409: components["responses"]["Conflict"];
      /** @description `versionStale` */
      412: components["responses"]["PreconditionFailed"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `connectionNotFound`, `segmentMissing`, `lakeTable`, `segmentTooLarge`, `listNotFound`, `keyRefused`, `scopesMissing`, `accountMismatch`, `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`, `klaviyoForbids` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description `klaviyoRefused` */
      502: components["responses"]["BadGateway"];
      /** @description `klaviyoUnavailable`; or: The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  detachExport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        exportId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The export, detached. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "version": 1,
           *       "createdAt": "2026-11-02T08:00:00.000Z",
           *       "createdBy": "administrator-1",
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "displayName": "Customers to newsletter",
           *       "connectionId": null,
           *       "listId": "LiSt01",
           *       "segments": [
           *         "customers"
           *       ],
           *       "mapping": {
           *         "email": "Email"
           *       },
           *       "syncMode": "upsert",
           *       "connection": null,
           *       "schedule": {
           *         "mode": "system"
           *       },
           *       "nextRun": null,
           *       "lastRun": null,
           *       "permissions": [
           *         "view",
           *         "edit",
           *         "run",
           *         "delete",
           *         "attach",
           *         "detach"
           *       ],
           *       "detached": {
           *         "at": "2026-11-02T08:00:00.000Z",
           *         "by": "administrator-1"
           *       }
           *     }
           */
          "application/json": components["schemas"]["Export"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `exportChanged` */
      409: components["responses"]["Conflict"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  listRuns: {
    parameters: {
      query?: {
        limit?: number;
        after?: string;
        sort?: "requestedAt" | "-requestedAt";
        status?:
          | "queued"
          | "running"
          | "successful"
          | "completedWithWarnings"
          | "failed"
          | "skipped"
          | "canceled";
        trigger?: "onDemand" | "scheduled";
        mode?: "incremental" | "full";
        from?: string;
        until?: string;
      };
      header?: never;
      path: {
        exportId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of runs. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "runId": "01M84KSTQVRD05QHBZK6VTEBKV",
           *           "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *           "trigger": "onDemand",
           *           "mode": "incremental",
           *           "allowMassRemoval": false,
           *           "reconcile": false,
           *           "resubscribe": false,
           *           "requestedBy": "contributor-1",
           *           "status": "queued",
           *           "settings": {
           *             "displayName": "Customers to newsletter",
           *             "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *             "listId": "LiSt01",
           *             "segments": [
           *               "customers"
           *             ],
           *             "mapping": {
           *               "email": "Email"
           *             },
           *             "syncMode": "upsert"
           *           },
           *           "numbers": {
           *             "rows": 0,
           *             "blank": 0,
           *             "invalid": 0,
           *             "duplicates": 0,
           *             "members": 0,
           *             "unchanged": 0,
           *             "imported": 0,
           *             "refused": 0,
           *             "unsent": 0
           *           },
           *           "removals": {
           *             "leaving": 0,
           *             "removed": 0,
           *             "notFound": 0,
           *             "unremoved": 0
           *           },
           *           "warnings": [],
           *           "progress": {
           *             "settledChunks": 0,
           *             "chunks": null,
           *             "percent": 0
           *           },
           *           "timings": {
           *             "requestedAt": "2026-11-02T08:00:00.000Z",
           *             "movedAt": "2026-11-02T08:00:00.000Z"
           *           },
           *           "links": {
           *             "self": "/runs/01M84KSTQVRD05QHBZK6VTEBKV",
           *             "export": "/exports/01M84KSTE9P2V5W8X3T6HMA1BC"
           *           }
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["RunPage"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  startRun: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description Makes a repetition safe: chosen by the caller, a new one for every new request.
         * @example 0b0c1f4e-6f0a-4a53-9a51-0d3a1c7f4d11
         */
        "Idempotency-Key"?: string;
      };
      path: {
        exportId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "mode": "incremental",
         *       "allowMassRemoval": false,
         *       "reconcile": false,
         *       "resubscribe": false
         *     }
         */
        "application/json": {
          /**
           * @description Incremental sends what changed since Klaviyo's last confirmation, full sends all.
           * @default incremental
           * @enum {string}
           */
          mode?: "incremental" | "full";
          /**
           * @description In sync mode mirror: remove those who left, however many they are.
           * @default false
           */
          allowMassRemoval?: boolean;
          /**
           * @description In sync mode mirror, for administrators: read the list, and take off it everybody who is no member, whoever put them there.
           * @default false
           */
          reconcile?: boolean;
          /**
           * @description For administrators: subscribe also those who have unsubscribed, in this run alone.
           * @default false
           */
          resubscribe?: boolean;
        };
      };
    };
    responses: {
      /** @description The run, queued. */
      202: {
        headers: {
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "runId": "01M84KSTQVRD05QHBZK6VTEBKV",
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "trigger": "onDemand",
           *       "mode": "incremental",
           *       "allowMassRemoval": false,
           *       "reconcile": false,
           *       "resubscribe": false,
           *       "requestedBy": "contributor-1",
           *       "status": "queued",
           *       "settings": {
           *         "displayName": "Customers to newsletter",
           *         "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *         "listId": "LiSt01",
           *         "segments": [
           *           "customers"
           *         ],
           *         "mapping": {
           *           "email": "Email"
           *         },
           *         "syncMode": "upsert"
           *       },
           *       "numbers": {
           *         "rows": 0,
           *         "blank": 0,
           *         "invalid": 0,
           *         "duplicates": 0,
           *         "members": 0,
           *         "unchanged": 0,
           *         "imported": 0,
           *         "refused": 0,
           *         "unsent": 0
           *       },
           *       "removals": {
           *         "leaving": 0,
           *         "removed": 0,
           *         "notFound": 0,
           *         "unremoved": 0
           *       },
           *       "warnings": [],
           *       "progress": {
           *         "settledChunks": 0,
           *         "chunks": null,
           *         "percent": 0
           *       },
           *       "timings": {
           *         "requestedAt": "2026-11-02T08:00:00.000Z",
           *         "movedAt": "2026-11-02T08:00:00.000Z"
           *       },
           *       "links": {
           *         "self": "/runs/01M84KSTQVRD05QHBZK6VTEBKV",
           *         "export": "/exports/01M84KSTE9P2V5W8X3T6HMA1BC"
           *       }
           *     }
           */
          "application/json": components["schemas"]["Run"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `exportRunning`, `reconcileUpsert`, `idempotencyKeyBusy` */
      409: components["responses"]["Conflict"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `idempotencyKeyReused` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  createPreview: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description Makes a repetition safe: chosen by the caller, a new one for every new request.
         * @example 0b0c1f4e-6f0a-4a53-9a51-0d3a1c7f4d11
         */
        "Idempotency-Key"?: string;
      };
      path: {
        exportId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "mode": "incremental",
         *       "reconcile": false
         *     }
         */
        "application/json": {
          /**
           * @description Incremental sends what changed since Klaviyo's last confirmation, full sends all.
           * @default incremental
           * @enum {string}
           */
          mode?: "incremental" | "full";
          /**
           * @description In sync mode mirror, for administrators: read the list, and take off it everybody who is no member, whoever put them there.
           * @default false
           */
          reconcile?: boolean;
        };
      };
    };
    responses: {
      /** @description The preview, under way. */
      202: {
        headers: {
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "previewId": "01M84KSTV7M2Q8H4N5XJ3C6DPR",
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "mode": "incremental",
           *       "reconcile": false,
           *       "requestedBy": "contributor-1",
           *       "requestedAt": "2026-11-02T08:00:00.000Z",
           *       "status": "running",
           *       "links": {
           *         "self": "/exports/01M84KSTE9P2V5W8X3T6HMA1BC/previews/01M84KSTV7M2Q8H4N5XJ3C6DPR",
           *         "export": "/exports/01M84KSTE9P2V5W8X3T6HMA1BC"
           *       }
           *     }
           */
          "application/json": components["schemas"]["Preview"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `reconcileUpsert`, `previewRunning`, `idempotencyKeyBusy` */
      409: components["responses"]["Conflict"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `idempotencyKeyReused` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewPreview: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        exportId: string;
        previewId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The preview; what was found is there when its status is `ready`. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "previewId": "01M84KSTV7M2Q8H4N5XJ3C6DPR",
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "mode": "incremental",
           *       "reconcile": false,
           *       "requestedBy": "contributor-1",
           *       "requestedAt": "2026-11-02T08:00:00.000Z",
           *       "status": "ready",
           *       "links": {
           *         "self": "/exports/01M84KSTE9P2V5W8X3T6HMA1BC/previews/01M84KSTV7M2Q8H4N5XJ3C6DPR",
           *         "export": "/exports/01M84KSTE9P2V5W8X3T6HMA1BC"
           *       },
           *       "endedAt": "2026-11-02T08:00:02.000Z",
           *       "numbers": {
           *         "rows": 1200,
           *         "blank": 32,
           *         "invalid": 12,
           *         "duplicates": 56,
           *         "members": 1100,
           *         "new": 40,
           *         "changed": 0,
           *         "unchanged": 1060,
           *         "tooLarge": 0,
           *         "leaving": 0
           *       },
           *       "profiles": [
           *         {
           *           "type": "profile",
           *           "attributes": {
           *             "email": "customer.1@shop.example.com"
           *           }
           *         }
           *       ],
           *       "rejections": [
           *         {
           *           "segment": "customers",
           *           "file": "customers.csv",
           *           "row": 1,
           *           "email": null,
           *           "code": "emailBlank",
           *           "text": "The row has no email address."
           *         }
           *       ],
           *       "warnings": [],
           *       "estimate": {
           *         "calls": {
           *           "importJobs": 1,
           *           "statusPolls": 1,
           *           "lookups": 0,
           *           "removals": 0,
           *           "subscriptions": 0
           *         },
           *         "seconds": 1
           *       }
           *     }
           */
          "application/json": components["schemas"]["Preview"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound`, `previewNotFound` */
      404: components["responses"]["NotFound"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  runAll: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description Makes a repetition safe: chosen by the caller, a new one for every new request.
         * @example 0b0c1f4e-6f0a-4a53-9a51-0d3a1c7f4d11
         */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, never>;
      };
    };
    responses: {
      /** @description The runs to be; they exist moments later. */
      202: {
        headers: {
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *           "runId": "01M84KSTQVRD05QHBZK6VTEBKV"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["RequestedRuns"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `idempotencyKeyBusy` */
      409: components["responses"]["Conflict"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `idempotencyKeyReused` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        runId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "runId": "01M84KSTQVRD05QHBZK6VTEBKV",
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "trigger": "onDemand",
           *       "mode": "incremental",
           *       "allowMassRemoval": false,
           *       "reconcile": false,
           *       "resubscribe": false,
           *       "requestedBy": "contributor-1",
           *       "status": "queued",
           *       "settings": {
           *         "displayName": "Customers to newsletter",
           *         "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *         "listId": "LiSt01",
           *         "segments": [
           *           "customers"
           *         ],
           *         "mapping": {
           *           "email": "Email"
           *         },
           *         "syncMode": "upsert"
           *       },
           *       "numbers": {
           *         "rows": 0,
           *         "blank": 0,
           *         "invalid": 0,
           *         "duplicates": 0,
           *         "members": 0,
           *         "unchanged": 0,
           *         "imported": 0,
           *         "refused": 0,
           *         "unsent": 0
           *       },
           *       "removals": {
           *         "leaving": 0,
           *         "removed": 0,
           *         "notFound": 0,
           *         "unremoved": 0
           *       },
           *       "warnings": [],
           *       "progress": {
           *         "settledChunks": 0,
           *         "chunks": null,
           *         "percent": 0
           *       },
           *       "timings": {
           *         "requestedAt": "2026-11-02T08:00:00.000Z",
           *         "movedAt": "2026-11-02T08:00:00.000Z"
           *       },
           *       "links": {
           *         "self": "/runs/01M84KSTQVRD05QHBZK6VTEBKV",
           *         "export": "/exports/01M84KSTE9P2V5W8X3T6HMA1BC"
           *       }
           *     }
           */
          "application/json": components["schemas"]["Run"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `runNotFound` */
      404: components["responses"]["NotFound"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  cancelRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        runId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run. */
      202: {
        headers: {
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "runId": "01M84KSTQVRD05QHBZK6VTEBKV",
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "trigger": "onDemand",
           *       "mode": "incremental",
           *       "allowMassRemoval": false,
           *       "reconcile": false,
           *       "resubscribe": false,
           *       "requestedBy": "contributor-1",
           *       "status": "queued",
           *       "settings": {
           *         "displayName": "Customers to newsletter",
           *         "connectionId": "01M84KSTB3JY7Q4C6N1RKZ0F8D",
           *         "listId": "LiSt01",
           *         "segments": [
           *           "customers"
           *         ],
           *         "mapping": {
           *           "email": "Email"
           *         },
           *         "syncMode": "upsert"
           *       },
           *       "numbers": {
           *         "rows": 0,
           *         "blank": 0,
           *         "invalid": 0,
           *         "duplicates": 0,
           *         "members": 0,
           *         "unchanged": 0,
           *         "imported": 0,
           *         "refused": 0,
           *         "unsent": 0
           *       },
           *       "removals": {
           *         "leaving": 0,
           *         "removed": 0,
           *         "notFound": 0,
           *         "unremoved": 0
           *       },
           *       "warnings": [],
           *       "progress": {
           *         "settledChunks": 0,
           *         "chunks": null,
           *         "percent": 0
           *       },
           *       "timings": {
           *         "requestedAt": "2026-11-02T08:00:00.000Z",
           *         "movedAt": "2026-11-02T08:00:00.000Z"
           *       },
           *       "links": {
           *         "self": "/runs/01M84KSTQVRD05QHBZK6VTEBKV",
           *         "export": "/exports/01M84KSTE9P2V5W8X3T6HMA1BC"
           *       }
           *     }
           */
          "application/json": components["schemas"]["Run"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `runNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `runEnded` */
      409: components["responses"]["Conflict"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  downloadRejections: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        runId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Links that are good for 15 minutes: `url` to the rejection report; `droppedValues`, if there are any, to the values that profiles on the list went without. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "url": "https://reports.example/rejections.csv",
           *       "droppedValues": "https://reports.example/dropped-values.csv",
           *       "expiresAt": "2026-11-02T08:15:00.000Z"
           *     }
           */
          "application/json": components["schemas"]["RejectionsLink"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `runNotFound`, `reportNotAvailable` */
      404: components["responses"]["NotFound"];
      /** @description `reportExpired` */
      410: components["responses"]["Gone"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The system refresh and its next runs. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "active": true,
           *       "recurrence": {
           *         "frequency": "weekly",
           *         "days": [
           *           "monday",
           *           "thursday"
           *         ],
           *         "times": [
           *           "06:00",
           *           "14:30"
           *         ],
           *         "timeZone": "Europe/Berlin"
           *       },
           *       "version": 3,
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "nextRuns": [
           *         "2026-11-02T13:30:00.000Z",
           *         "2026-11-05T05:00:00.000Z"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["SystemSchedule"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  updateSchedule: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The `ETag` of the version that is to be replaced.
         * @example "3"
         */
        "If-Match"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "active": true,
         *       "recurrence": {
         *         "frequency": "weekly",
         *         "days": [
         *           "monday",
         *           "thursday"
         *         ],
         *         "times": [
         *           "06:00",
         *           "14:30"
         *         ],
         *         "timeZone": "Europe/Berlin"
         *       }
         *     }
         */
        "application/json": {
          active: boolean;
          recurrence?:
            | {
                /** @constant */
                frequency: "daily";
                times: string[];
                timeZone: string;
              }
            | {
                /** @constant */
                frequency: "weekly";
                days: (
                  "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
                )[];
                times: string[];
                timeZone: string;
              };
        };
      };
    };
    responses: {
      /** @description The system refresh and its next runs. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "active": true,
           *       "recurrence": {
           *         "frequency": "weekly",
           *         "days": [
           *           "monday",
           *           "thursday"
           *         ],
           *         "times": [
           *           "06:00",
           *           "14:30"
           *         ],
           *         "timeZone": "Europe/Berlin"
           *       },
           *       "version": 3,
           *       "updatedAt": "2026-11-02T08:00:00.000Z",
           *       "updatedBy": "administrator-1",
           *       "nextRuns": [
           *         "2026-11-02T13:30:00.000Z",
           *         "2026-11-05T05:00:00.000Z"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["SystemSchedule"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `scheduleChanged` */
      409: components["responses"]["Conflict"];
      /** @description `versionStale` */
      412: components["responses"]["PreconditionFailed"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  scheduleExports: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "exportIds": [
         *         "01M84KSTE9P2V5W8X3T6HMA1BC"
         *       ],
         *       "change": "replace",
         *       "schedule": {
         *         "mode": "system"
         *       }
         *     }
         */
        "application/json":
          | {
              exportIds: string[];
              /** @constant */
              change: "replace";
              schedule:
                | {
                    /** @constant */
                    mode: "system";
                  }
                | {
                    /** @constant */
                    mode: "own";
                    recurrence:
                      | {
                          /** @constant */
                          frequency: "daily";
                          times: string[];
                          timeZone: string;
                        }
                      | {
                          /** @constant */
                          frequency: "weekly";
                          days: (
                            | "monday"
                            | "tuesday"
                            | "wednesday"
                            | "thursday"
                            | "friday"
                            | "saturday"
                            | "sunday"
                          )[];
                          times: string[];
                          timeZone: string;
                        };
                  }
                | {
                    /** @constant */
                    mode: "off";
                    recurrence?:
                      | {
                          /** @constant */
                          frequency: "daily";
                          times: string[];
                          timeZone: string;
                        }
                      | {
                          /** @constant */
                          frequency: "weekly";
                          days: (
                            | "monday"
                            | "tuesday"
                            | "wednesday"
                            | "thursday"
                            | "friday"
                            | "saturday"
                            | "sunday"
                          )[];
                          times: string[];
                          timeZone: string;
                        };
                  };
            }
          | {
              exportIds: string[];
              /** @constant */
              change: "switchOn";
            }
          | {
              exportIds: string[];
              /** @constant */
              change: "switchOff";
            };
      };
    };
    responses: {
      /** @description The exports' schedules. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *           "version": 3,
           *           "schedule": {
           *             "mode": "own",
           *             "recurrence": {
           *               "frequency": "weekly",
           *               "days": [
           *                 "monday",
           *                 "thursday"
           *               ],
           *               "times": [
           *                 "06:00",
           *                 "14:30"
           *               ],
           *               "timeZone": "Europe/Berlin"
           *             }
           *           },
           *           "nextRun": "2026-11-02T13:30:00.000Z"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["ScheduledExports"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description `exportNotFound` */
      422: components["responses"]["UnprocessableContent"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  scheduleExport: {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The `ETag` of the version that is to be replaced.
         * @example "3"
         */
        "If-Match"?: string;
      };
      path: {
        exportId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "mode": "own",
         *       "recurrence": {
         *         "frequency": "weekly",
         *         "days": [
         *           "monday",
         *           "thursday"
         *         ],
         *         "times": [
         *           "06:00",
         *           "14:30"
         *         ],
         *         "timeZone": "Europe/Berlin"
         *       }
         *     }
         */
        "application/json":
          | {
              /** @constant */
              mode: "system";
            }
          | {
              /** @constant */
              mode: "own";
              recurrence:
                | {
                    /** @constant */
                    frequency: "daily";
                    times: string[];
                    timeZone: string;
                  }
                | {
                    /** @constant */
                    frequency: "weekly";
                    days: (
                      | "monday"
                      | "tuesday"
                      | "wednesday"
                      | "thursday"
                      | "friday"
                      | "saturday"
                      | "sunday"
                    )[];
                    times: string[];
                    timeZone: string;
                  };
            }
          | {
              /** @constant */
              mode: "off";
              recurrence?:
                | {
                    /** @constant */
                    frequency: "daily";
                    times: string[];
                    timeZone: string;
                  }
                | {
                    /** @constant */
                    frequency: "weekly";
                    days: (
                      | "monday"
                      | "tuesday"
                      | "wednesday"
                      | "thursday"
                      | "friday"
                      | "saturday"
                      | "sunday"
                    )[];
                    times: string[];
                    timeZone: string;
                  };
            };
      };
    };
    responses: {
      /** @description The export's schedule. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "exportId": "01M84KSTE9P2V5W8X3T6HMA1BC",
           *       "version": 3,
           *       "schedule": {
           *         "mode": "own",
           *         "recurrence": {
           *           "frequency": "weekly",
           *           "days": [
           *             "monday",
           *             "thursday"
           *           ],
           *           "times": [
           *             "06:00",
           *             "14:30"
           *           ],
           *           "timeZone": "Europe/Berlin"
           *         }
           *       },
           *       "nextRun": "2026-11-02T13:30:00.000Z"
           *     }
           */
          "application/json": components["schemas"]["ScheduledExport"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description `exportNotFound` */
      404: components["responses"]["NotFound"];
      /** @description `exportChanged` */
      409: components["responses"]["Conflict"];
      /** @description `versionStale` */
      412: components["responses"]["PreconditionFailed"];
      /** @description `requestTooLarge` */
      413: components["responses"]["ContentTooLarge"];
      /** @description `mediaTypeUnsupported` */
      415: components["responses"]["UnsupportedMediaType"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewDescription: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The document. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "openapi": "3.1.0"
           *     }
           */
          "application/json": {
            openapi: string;
          };
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
  viewAudit: {
    parameters: {
      query?: {
        limit?: number;
        after?: string;
        actor?: string;
        target?: string;
        action?: string;
        outcome?: "succeeded" | "refused" | "failed" | "unknown";
        from?: string;
        until?: string;
        sort?: "at" | "-at";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of entries. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "auditId": "0b0c1f4e-6f0a-4a53-9a51-0d3a1c7f4d11",
           *           "at": "2026-11-02T08:00:00.000Z",
           *           "action": "startRun",
           *           "actor": {
           *             "userId": "contributor-1",
           *             "role": "Contributor"
           *           },
           *           "source": {
           *             "kind": "api",
           *             "requestId": "JKJaXmPLvHcESHA=",
           *             "ip": "192.0.2.7"
           *           },
           *           "outcome": "succeeded",
           *           "target": {
           *             "kind": "export",
           *             "id": "01M84KSTE9P2V5W8X3T6HMA1BC"
           *           },
           *           "runId": "01M84KSTQVRD05QHBZK6VTEBKV",
           *           "after": {
           *             "mode": "incremental",
           *             "status": "queued"
           *           }
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["AuditPage"];
        };
      };
      /** @description `invalidRequest` */
      400: components["responses"]["BadRequest"];
      /** @description `notAuthenticated` */
      401: components["responses"]["Unauthorized"];
      /** @description `notPermitted` */
      403: components["responses"]["Forbidden"];
      /** @description Too many requests in a second; try again. */
      429: components["responses"]["TooManyRequests"];
      /** @description `internalError`, `itemUnreadable` */
      500: components["responses"]["InternalServerError"];
      /** @description The gateway got no answer in time; try again. */
      503: components["responses"]["ServiceUnavailable"];
    };
  };
}
