import { z } from 'zod';
import { mappingSchema } from '@faultline/workloads';

const places = z.array(z.string()).nullable().describe('Region ids, or none, global, own-site; null: not said');

export const Asset = z
  .object({
    id: z.string(),
    name: z.string(),
    regionId: z.string().nullable(),
    zoneLetter: z.string().nullable().describe('Of this account; another account’s letter can be another zone'),
    zoneId: z.string().nullable(),
    site: z.array(z.number()).length(2).nullable().describe('Longitude, latitude of a site of the tenant’s own'),
    valuePerDay: z.number().nullable(),
    currency: z.string().nullable(),
    residency: z.array(z.string()).nullable(),
    tags: z.array(z.string()),
    standby: places,
    backups: places,
    keys: places,
    dns: places,
    identity: places,
    onlyCopy: z.boolean().nullable(),
    rtoMinutes: z.number().nullable(),
  })
  .meta({ id: 'Asset' });

const Finding = z.object({
  assetId: z.string(),
  code: z.string(),
  text: z.string(),
  regionIds: z.array(z.string()),
});

const Revision = z.object({
  revision: z.number().int(),
  recordId: z.string(),
  fileName: z.string(),
  fileKind: z.enum(['csv', 'xlsx', 'geojson']),
  fileHash: z.string(),
  contentHash: z.string(),
  assetCount: z.number().int(),
  leftOutCount: z.number().int(),
  importedBy: z.string(),
  recordedAt: z.string(),
});

export const Portfolio = z
  .object({
    revision: Revision.nullable().describe('null: no portfolio was recorded at these coordinates'),
    findings: z.array(Finding).describe('The first 500'),
    findingCount: z.number().int(),
  })
  .meta({ id: 'Portfolio' });

export const ImportBody = z.object({
  fileName: z.string().min(1).max(200).default('import'),
  content: z.string().min(1).describe('CSV or GeoJSON as text; larger files and XLSX by `faultline import`'),
  mapping: mappingSchema.optional().describe('As docs/portfolios.md describes it'),
  dryRun: z.boolean().default(false),
  partial: z.boolean().default(false),
});

const Fault = z.object({
  code: z.string(),
  line: z.number().int(),
  column: z.string(),
  value: z.string(),
  wanted: z.string(),
  fix: z.string(),
});

export const Imported = z
  .object({
    data: z.object({
      outcome: z.enum(['imported', 'unchanged', 'dry-run', 'refused']),
      code: z.string().nullable().describe('Why nothing was kept; null where something was, or would be'),
      file: z
        .object({ at: z.string(), got: z.string(), wanted: z.string(), fix: z.string() })
        .nullable()
        .describe('What is wrong with the file as a whole'),
      revision: z.number().int().nullable(),
      rows: z.number().int(),
      assets: z.number().int(),
      faultyRows: z.number().int(),
      faults: z.array(Fault).describe('The first 1000'),
      faultCount: z.number().int(),
      reviews: z
        .array(
          z.object({
            written: z.string(),
            cells: z.number().int(),
            firstLine: z.number().int(),
            candidates: z.array(z.object({ regionId: z.string(), score: z.number(), reasons: z.array(z.string()) })),
          }),
        )
        .describe('Texts that may name several regions: decide them in the mapping'),
      findings: z.array(Finding).describe('The first 500'),
      findingCount: z.number().int(),
      columns: z.record(z.string(), z.string()).describe('Header to field, as it was understood'),
      notes: z.array(z.string()),
    }),
  })
  .meta({ id: 'PortfolioImport' });
