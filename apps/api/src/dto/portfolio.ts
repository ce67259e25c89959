import { z } from 'zod';
import { mappingSchema } from '@faultline/workloads';
import { AsOfQuery } from './coordinates.js';
import { PageQuery } from '../http/page.js';

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

const Revision = z
  .object({
    revision: z.number().int(),
    recordId: z.string(),
    fileName: z.string(),
    fileKind: z.enum(['csv', 'xlsx', 'geojson', 'edit']).describe('edit: one asset of the revision before was changed'),
    fileHash: z.string(),
    contentHash: z.string(),
    assetCount: z.number().int(),
    leftOutCount: z.number().int(),
    importedBy: z.string(),
    recordedAt: z.string(),
  })
  .meta({ id: 'PortfolioRevision' });

export const PlacedRevision = Revision.extend({
  position: z.number().int().describe('Of its record in the ledger: it is in force from the size after it on'),
}).meta({ id: 'PlacedPortfolioRevision' });

const Holding = z
  .object({
    regionId: z.string(),
    assetCount: z.number().int(),
    zoneIds: z.array(z.string()),
    valuesPerDay: z.array(z.object({ currency: z.string(), amount: z.number() })),
    withoutValue: z.number().int().describe('Assets of which no value is known'),
    standbyFor: z.number().int().describe('Assets elsewhere whose standby this is'),
  })
  .meta({ id: 'Holding' });

export const Portfolio = z
  .object({
    revision: Revision.nullable().describe('null: no portfolio was recorded at these coordinates'),
    findings: z.array(Finding).describe('The first 500'),
    findingCount: z.number().int(),
    holdings: z.array(Holding).describe('What stands in which cloud region'),
    outsideRegions: z.number().int().describe('Assets in no cloud region: own sites'),
  })
  .meta({ id: 'Portfolio' });

// No `.meta({ id })`: see AsOfQuery.
export const AssetsQuery = AsOfQuery.extend(PageQuery.shape).extend({
  region: z.string().max(120).optional().describe('Only assets in this cloud region'),
  text: z.string().max(200).optional().describe('Only assets whose id, name or tags have this in them'),
});
export type AssetsQuestion = z.infer<typeof AssetsQuery>;

const draftPlaces = z.array(z.string().max(200)).max(50).nullable().optional();

/** What is left out is not known. Regions by id or name and zones by id or letter, as in a file. */
export const AssetDraft = z
  .strictObject({
    id: z.string().max(1000),
    name: z.string().max(1000).optional(),
    regionId: z.string().max(1000).nullable().optional(),
    zoneLetter: z.string().max(200).nullable().optional(),
    zoneId: z.string().max(200).nullable().optional(),
    site: z.tuple([z.number(), z.number()]).nullable().optional(),
    valuePerDay: z.number().nullable().optional(),
    currency: z.string().max(40).nullable().optional(),
    residency: z.array(z.string().max(40)).max(300).nullable().optional(),
    tags: z.array(z.string().max(1000)).max(200).optional(),
    standby: draftPlaces,
    backups: draftPlaces,
    keys: draftPlaces,
    dns: draftPlaces,
    identity: draftPlaces,
    onlyCopy: z.boolean().nullable().optional(),
    rtoMinutes: z.number().nullable().optional(),
  })
  .meta({ id: 'AssetDraft' });

const OnRevision = z.number().int().min(0).describe('The revision the edit was made on; 0 where there was none');

export const EditBody = z.object({ revision: OnRevision, asset: AssetDraft });
// No `.meta({ id })`: see AsOfQuery.
export const RemoveQuery = z.object({ revision: z.coerce.number().pipe(OnRevision) });

export const Edited = z
  .object({
    data: z.object({
      outcome: z.enum(['edited', 'unchanged']),
      revision: z.number().int(),
      asset: Asset.nullable().describe('As it was understood; null of one that was removed'),
      findings: z.array(Finding),
    }),
  })
  .meta({ id: 'PortfolioEdit' });

export const ImportBody = z.object({
  fileName: z.string().min(1).max(200).default('import'),
  content: z.string().min(1).describe('CSV or GeoJSON as text, or any of the formats in base64'),
  encoding: z.enum(['text', 'base64']).default('text'),
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
      read: z.array(Asset).describe('The first 200 assets, as they were understood'),
      findings: z.array(Finding).describe('The first 500'),
      findingCount: z.number().int(),
      headers: z.array(z.string()).describe('Of all columns, as far as the file was read'),
      columns: z.record(z.string(), z.string()).describe('Header to field, as it was understood'),
      notes: z.array(z.string()),
    }),
  })
  .meta({ id: 'PortfolioImport' });
