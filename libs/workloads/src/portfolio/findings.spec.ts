import { describe, expect, it } from '@jest/globals';
import { KNOWN_REGIONS } from '../../../../test/support/regions.js';
import type { Asset } from './asset.js';
import type { FindingGround } from './finding-ground.js';
import { findingsOf } from './findings.js';
import { RegionIndex } from './region-match.js';

const index = new RegionIndex(KNOWN_REGIONS);
const ground: FindingGround = { region: (id) => index.region(id) };
const UAE = 'aws:me-central-1';
const BAHRAIN = 'aws:me-south-1';
const IRELAND = 'aws:eu-west-1';
const FRANKFURT = 'aws:eu-central-1';
const AZURE_UAE = 'azure:uaenorth';

const asset = (change: Partial<Asset>): Asset => ({
  ...{ id: 'a', name: 'A', regionId: UAE, zoneLetter: null, zoneId: null, site: null, valuePerDay: null },
  ...{ currency: null, residency: null, tags: [], standby: null, backups: null, keys: null, dns: null },
  ...{ identity: null, onlyCopy: null, rtoMinutes: null },
  ...change,
});
const codesOf = (change: Partial<Asset>, on = ground) => findingsOf([asset(change)], on).map(({ code }) => code);

describe('findings', () => {
  it.each<[string, Partial<Asset>, string[]]>([
    ['nothing said is nothing found', {}, []],
    ['a standby in the same region', { standby: [UAE] }, ['standby.same-region']],
    ['a standby in the same country, of another operator', { standby: [AZURE_UAE] }, ['standby.same-theatre']],
    ['a standby elsewhere', { standby: [IRELAND] }, []],
    ['no standby', { standby: ['none'] }, ['standby.none']],
    ['the only copy', { onlyCopy: true }, ['copy.only']],
    ['not the only copy', { onlyCopy: false }, []],
    ['no backup', { backups: ['none'] }, ['backups.none']],
    ['no backup of the only copy is one finding', { onlyCopy: true, backups: ['none'] }, ['copy.only']],
    ['backups in the same region', { backups: [UAE] }, ['backups.same-region']],
    ['backups in the same region and theatre', { backups: [UAE, AZURE_UAE] }, ['backups.same-theatre']],
    ['backups also elsewhere', { backups: [UAE, IRELAND] }, []],
    ['backups also on own premises', { backups: [UAE, 'own-site'] }, []],
    ['keys in the same region', { keys: [UAE] }, ['keys.same-region']],
    ['keys also elsewhere', { keys: [UAE, IRELAND] }, []],
    ['DNS in the same region', { dns: [UAE] }, ['dns.same-region']],
    ['DNS of a global service', { dns: ['global'] }, []],
    ['identity in the same region', { identity: [UAE] }, ['identity.same-region']],
    ['locked, with the standby outside', { residency: ['AE'], standby: [BAHRAIN] }, ['residency.standby-outside']],
    ['locked, with backups outside', { residency: ['AE'], backups: [IRELAND] }, ['residency.backups-outside']],
    ['locked elsewhere than it runs', { residency: ['BH'] }, ['residency.primary-outside']],
    ['locked to the EU', { regionId: IRELAND, residency: ['EU'], standby: [FRANKFURT] }, []],
    [
      'locked to the EU, with a standby in London',
      { regionId: IRELAND, residency: ['EU'], standby: ['aws:eu-west-2'] },
      ['residency.standby-outside'],
    ],
    ['the lock that is none', { residency: [], standby: [IRELAND] }, []],
    ['a letter without an id', { zoneLetter: 'a' }, ['zone.letter-without-id']],
    ['a letter with the id', { zoneLetter: 'a', zoneId: 'aws:mec1-az2' }, []],
    ['a site without a region', { regionId: null, site: [55, 25], onlyCopy: true, standby: [UAE] }, ['copy.only']],
    ['a region we do not know', { regionId: 'aws:gone-1', standby: [UAE] }, []],
  ])('%s', (_what, change, codes) => {
    expect(codesOf(change)).toEqual(codes);
  });

  it('say it in words, with the regions they rest on', () => {
    const found = findingsOf([asset({ id: 'core', standby: [AZURE_UAE], onlyCopy: true })], ground);
    expect(found).toEqual([
      { assetId: 'core', code: 'copy.only', text: 'your only copy is in aws:me-central-1 (AE)', regionIds: [UAE] },
      {
        assetId: 'core',
        code: 'standby.same-theatre',
        text: 'your standby azure:uaenorth shares a theatre with your primary aws:me-central-1 (AE): not independent',
        regionIds: [UAE, AZURE_UAE],
      },
    ]);
  });

  it('take the theatres they are given: one campaign reached two countries on a day', () => {
    const gulf: FindingGround = {
      ...ground,
      theatreOf: ({ country }) => (['AE', 'BH'].includes(country) ? 'Gulf' : country),
    };
    expect(codesOf({ standby: [BAHRAIN] })).toEqual([]);
    expect(codesOf({ standby: [BAHRAIN] }, gulf)).toEqual(['standby.same-theatre']);
  });
});
