import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { GRADES, type ClaimDraft } from '@faultline/evidence';
import { bundleRecord, parseRecord } from './parse.js';

const fileOf = (name: string): string => readFileSync(new URL(`../../../../data/${name}`, import.meta.url), 'utf8');
const claimsText = fileOf('march-2026.json');
const sourcesText = fileOf('sources.json');
const claimsFile = JSON.parse(claimsText) as {
  claims: { id: string; source: string }[];
  leftOut: { fact: string; reason: string }[];
};
const sourcesFile = JSON.parse(sourcesText) as { sources: { id: string; class: string; classBasis: string }[] };
const outcome = parseRecord({
  bytes: bundleRecord({ claims: claimsFile, sources: sourcesFile }),
  retrievedAt: '2026-11-21T12:00:00.000Z',
});
const drafts: readonly ClaimDraft[] = outcome.outcome === 'accepted' ? outcome.drafts : [];
const claim = (id: string): ClaimDraft => {
  const found = drafts.find(({ item }) => item.id === id);
  if (!found) throw new Error(`no claim ${id}`);
  return found;
};
const idsWhere = (test: (draft: ClaimDraft) => boolean) => drafts.filter(test).map(({ item }) => item.id);

describe('the record of March 2026', () => {
  it('is taken whole', () => {
    expect(outcome).toMatchObject({ outcome: 'accepted', quarantined: [] });
    expect(drafts.length).toBe(claimsFile.claims.length);
    expect(drafts.length).toBeGreaterThanOrEqual(120);
    expect(new Set(drafts.map(({ item }) => item.id)).size).toBe(drafts.length);
  });

  it('describes every source it or the record of workloads uses, and no other', () => {
    const workloads = JSON.parse(fileOf('workloads.json')) as { documents: Record<string, { source: string }> };
    const documents = Object.values(workloads.documents);
    const used = new Set([...claimsFile.claims, ...documents].map(({ source }) => source));
    expect(sourcesFile.sources.map(({ id }) => id).sort()).toEqual([...used].sort());
    expect(sourcesFile.sources.filter(({ classBasis }) => classBasis.length < 8)).toEqual([]);
  });

  it('gives every claim a grade, an origin and a place to check it', () => {
    expect(idsWhere(({ source }) => !GRADES.includes(source.grade))).toEqual([]);
    expect(idsWhere(({ url, locator }) => url === null && (locator ?? '').length < 60)).toEqual([]);
    expect(idsWhere(({ url }) => url !== null && /…|\s/.test(url))).toEqual([]);
    expect(
      idsWhere(({ url, locator }) => /^https:\/\/[^/]+\/$/.test(url ?? '') && !/shortened/.test(locator ?? '')),
    ).toEqual([]);
  });

  it('dates every claim but our own searches, which say in words when they were made', () => {
    const undated = drafts.filter(({ publishedAt }) => publishedAt === null);
    expect(undated.map(({ predicate }) => predicate)).toEqual(['hosting-search', 'hosting-search']);
    expect(undated.map(({ subject }) => subject)).toEqual(['aws:me-central-1', 'aws:me-south-1']);
    expect(undated.every(({ value }) => 'text' in value && value.text.includes('2026-11-21'))).toBe(true);
  });

  it('has nothing occur after it was published', () => {
    const late = idsWhere(({ occurredAt, publishedAt }) => {
      const begin = occurredAt?.begin ?? null;
      return begin !== null && publishedAt !== null && begin > publishedAt.latest;
    });
    expect(late).toEqual([]);
  });

  it('names its own cloud region first in the place of every claim about a region or a zone', () => {
    const astray = idsWhere(({ subject, place }) => {
      if (!/^aws:m/.test(subject)) return false;
      const zone = /^aws:(mec1|mes1)-az\d$/.exec(subject);
      const region = zone ? (zone[1] === 'mec1' ? 'aws:me-central-1' : 'aws:me-south-1') : subject;
      return place.regionIds[0] !== region || (zone !== null && !place.zoneIds.includes(subject));
    });
    expect(astray).toEqual([]);
  });

  it('takes the condition of a zone from its operator alone', () => {
    const byOthers = idsWhere(
      ({ predicate, subject, place, source }) =>
        predicate === 'condition' && place.zoneIds.includes(subject) && source.id !== 'aws',
    );
    expect(byOthers).toEqual([]);
  });

  it('holds no position, no coordinates, no address of a site', () => {
    expect(idsWhere(({ place }) => place.position !== null)).toEqual([]);
    expect(claimsText).not.toMatch(/\b\d{1,2}\.\d{2,}\s*,\s*\d{1,3}\.\d{2,}\b/);
    expect(claimsText).not.toMatch(/\b(?:lonLat|latitude|longitude|street|avenue|building \d|hamala|batelco)\b/i);
  });

  it('counts a statement of the operator as one origin, whoever retells it', () => {
    expect(idsWhere(({ source, origin }) => source.id === 'aws' && origin !== 'aws')).toEqual([]);
    expect(
      ['m26-infoq-0921-az2-data-loss', 'm26-trace-gamelift', 'm26-prismnews-0302-az1-az3'].map(
        (id) => claim(id).origin,
      ),
    ).toEqual(['aws', 'aws', 'aws']);
    expect(new Set(drafts.filter(({ item }) => item.id.startsWith('m26-tasnim')).map(({ origin }) => origin))).toEqual(
      new Set(['tasnim']),
    );
  });

  it('has a strike of severity 3 only where somebody says that a data center was damaged', () => {
    expect(idsWhere((draft) => draft.predicate === 'attack' && draft.value.severity === 3)).toEqual([
      'm26-aws-0303-uae-attack',
      'm26-aws-0303-bahrain-attack',
      'm26-ft-0401-bahrain-attack',
      'm26-irgc-0721-attack',
    ]);
    expect(claim('m26-aws-0303-uae-attack')).toMatchObject({ subject: 'aws:me-central-1', place: { zoneIds: [] } });
    expect(claim('m26-aws-0303-uae-damage').value).toMatchObject({ facilitiesStruck: 2 });
    expect(idsWhere((draft) => draft.predicate === 'attack' && draft.value.mode !== 'standoff')).toEqual([]);
  });

  it('never turns a power issue into a cause, nor an adversary’s reason into a hosting fact', () => {
    const before = drafts.filter(
      ({ publishedAt }) => publishedAt !== null && publishedAt.latest < '2026-03-01T17:41:00.000Z',
    );
    expect(before.filter(({ predicate, place }) => predicate === 'cause' && place.regionIds.length > 0)).toEqual([]);
    expect(claim('m26-aws-0301-1409-az2-power').predicate).toBe('nature');
    const reasons = drafts.filter(({ predicate }) => predicate === 'alleged-target-reason');
    expect(new Set(reasons.map(({ source }) => source.class))).toEqual(new Set(['adversary']));
    expect(claim('m26-ars-fees-waived').value).toMatchObject({ amountUsd: 150_000_000 });
  });

  it.each([
    ['struck facilities in the UAE', 'm26-abijita-uae-three', 'm26-aws-0303-uae-damage'],
    ['damaged facilities in Bahrain', 'm26-abijita-bahrain-one', 'm26-aws-0303-bahrain-damage'],
    ['UAE zones', 'm26-ibtimes-az1-az2', 'm26-aws-0303-az3-impaired'],
    ['UAE zones, by a dashboard entry printed once', 'm26-prismnews-0302-az1-az3', 'm26-aws-0303-az2-impaired'],
    ['first impact and zones', 'm26-apurvad-three-zones', 'm26-aws-0301-1741-az2-struck'],
    ['first strike in Bahrain', 'm26-juhe-bahrain-three-zones', 'm26-aws-0302-0556-mes1-az2'],
    ['buildings in Bahrain', 'm26-techbytes-intact', 'm26-aws-0303-bahrain-damage'],
    ['reason of the second Bahrain disruption', 'm26-techbytes-ingress', 'm26-aws-0324-bahrain-cause'],
    ['cause', 'm26-nextfin-sdn', 'm26-aws-0303-uae-cause'],
    ['a strike on 24 March', 'm26-domain-b-no-evidence', 'm26-aws-0324-bahrain-attack'],
    ['recovery', 'm26-arabian-post-restored', 'm26-aws-0430-uae-unavailable'],
    ['date of the long-term update', 'm26-fsplugins-0330', 'm26-aws-0430-uae-unavailable'],
    ['begin of the Bahrain outage', 'm26-watch-list-since-july', 'm26-register-0721-already-offline'],
    ['Amazon on Tasnim’s list', 'm26-tasnim-aws-not-listed-fanpage', 'm26-tasnim-aws'],
    ['Vercel’s Dubai region', 'm26-vercel-not-affected', 'm26-vercel-affected'],
  ])('keeps both sides: %s', (_point, says, against) => {
    const [one, other] = [claim(says), claim(against)];
    expect(one.source.id).not.toBe(other.source.id);
    expect(one.place.regionIds[0] ?? one.subject).toBe(other.place.regionIds[0] ?? other.subject);
  });

  it('lets the watch list take its own framing back', () => {
    expect(claim('m26-watch-list-correction')).toMatchObject({
      predicate: 'retraction',
      value: { itemId: 'm26-watch-list-since-july' },
      source: { id: 'watch-list' },
    });
  });

  it('marks what looks wrong so that it moves nothing', () => {
    const doubtful = [
      'abijita',
      'ibtimes-sg',
      'apurvad',
      'juhe-plus',
      'techbytes',
      'nextfin',
      'cloudswitched',
      'arabian-post',
      'fsplugins',
    ];
    expect(idsWhere(({ source }) => doubtful.includes(source.id) && !['D', 'E'].includes(source.grade))).toEqual([]);
  });

  it('says what it leaves out, and why', () => {
    expect(claimsFile.leftOut.length).toBeGreaterThanOrEqual(10);
    expect(claimsFile.leftOut.filter(({ fact, reason }) => fact.length < 10 || reason.length < 10)).toEqual([]);
  });
});
