import type { Instant } from '@faultline/evidence';
import type { Quarantine } from '../model/adapter.js';

/** A shape of an area as it was written. Latitude stands first in CAP text, longitude in GeoJSON. */
export interface CapShape {
  readonly form: 'polygon-text' | 'circle-text' | 'geojson';
  readonly value: unknown;
  readonly at: string;
}

/** One `info` block as it was written; times are read later, by who knows when the document was retrieved. */
export interface CapInfo {
  readonly at: string;
  readonly language: string;
  readonly categories: readonly string[];
  readonly event: string | undefined;
  readonly responseTypes: readonly string[];
  readonly severity: string | undefined;
  readonly certainty: string | undefined;
  readonly effective: unknown;
  readonly onset: unknown;
  readonly expires: unknown;
  /** When the event itself ends, which CAP has no field for and the NWS states beside it. */
  readonly ends: unknown;
  readonly headline: string | undefined;
  readonly description: string | undefined;
  readonly web: string | undefined;
  readonly eventCodes: readonly CapValue[];
  readonly parameters: readonly CapValue[];
  readonly areaDescs: readonly string[];
  readonly shapes: readonly CapShape[];
}

export interface CapValue {
  readonly name: string;
  readonly value: string;
}

/** One alert message, whichever format it came in. */
export interface CapAlert {
  readonly at: string;
  readonly identifierAt: string;
  readonly msgTypeAt: string;
  readonly identifier: string | undefined;
  readonly sender: string | undefined;
  readonly sent: unknown;
  readonly status: string | undefined;
  readonly msgType: string | undefined;
  /** Undefined where it is not stated, as in CAP 1.0 and the NWS API: then the alert is public. */
  readonly scope: string | undefined;
  /** Triples `sender,identifier,sent`, each as one text. */
  readonly references: readonly string[];
  /** Where the alert itself can be read. */
  readonly url: string | undefined;
  readonly infos: readonly CapInfo[];
}

/** What stands in a document at one place: an alert, a link to one, nothing this service keeps, or nothing that can be read. */
export type CapEntry =
  | { readonly kind: 'alert'; readonly alert: CapAlert }
  | {
      readonly kind: 'link';
      readonly url: string;
      readonly at: string;
      /** When the alert was last changed, as far as the index says; orders what is asked for first. */
      readonly changedAt: Instant | null;
      /** The higher the sooner to be asked for. */
      readonly urgency: number;
    }
  | { readonly kind: 'passed-over'; readonly reason: string }
  | { readonly kind: 'refused'; readonly fault: Quarantine };
