import type { Method } from '@faultline/scoring';

/** What the model's specification gives for a record, to the digits it gives. */
export interface KnownRecord {
  readonly name: string;
  readonly attribution: string;
  /** Of the unpacked file. */
  readonly sha256: string;
  readonly horizons: readonly KnownHorizon[];
}

export interface KnownHorizon {
  readonly horizonDays: number;
  readonly baseRate: string;
  readonly brier: Readonly<Partial<Record<Method, string>>>;
  readonly skill: string;
  readonly skillLow: string;
  readonly skillHigh: string;
  readonly logScore: Readonly<Partial<Record<Method, string>>>;
}

export const KNOWN_RECORDS: readonly KnownRecord[] = [
  {
    name: 'UCDP GED, Ukraine, 2014 to 2021',
    attribution:
      'Uppsala Conflict Data Program, Georeferenced Event Dataset (Sundberg and Melander 2013), CC BY 4.0; the file for Ukraine on the Humanitarian Data Exchange',
    sha256: '95d4f2096720a06aa062de078a30e36c5931539eaefa8a6b360c526af5ad94b2',
    horizons: [
      {
        horizonDays: 30,
        baseRate: '0.0125',
        brier: {
          climatology: '0.0134',
          persistence: '0.0170',
          'worldmonitor-like': '0.0116',
          'long-run-rate-only': '0.0134',
          model: '0.0112',
        },
        skill: '0.159',
        skillLow: '0.095',
        skillHigh: '0.223',
        logScore: { climatology: '0.061', model: '0.045' },
      },
      {
        horizonDays: 90,
        baseRate: '0.0283',
        brier: {
          climatology: '0.0270',
          persistence: '0.0294',
          'worldmonitor-like': '0.0255',
          'long-run-rate-only': '0.0286',
          model: '0.0244',
        },
        skill: '0.095',
        skillLow: '0.032',
        skillHigh: '0.153',
        logScore: { climatology: '0.104', model: '0.087' },
      },
    ],
  },
];
