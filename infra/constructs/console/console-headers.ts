import { Duration } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";

/**
 * The headers of everything that the console's address answers.
 *
 * @param connectsTo the origins that the page may call: the API, and where tokens come from.
 */
export function consoleHeaders(
  scope: Construct,
  connectsTo: readonly string[],
): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, "Headers", {
    comment: "Klaviyo segment export: what the console's page may do",
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: securityPolicy(connectsTo), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        {
          header: "permissions-policy",
          value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
          override: true,
        },
      ],
    },
  });
}

function securityPolicy(connectsTo: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    ["connect-src 'self'", ...connectsTo].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
