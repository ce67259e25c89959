import { html, nothing } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { BlastRadius, Entity, ItemClaim } from '../api/types.js';
import { isEntity, isIncidentId, kindName } from '../state/entities.js';
import { operatorName, ownName } from '../state/operators.js';
import type { Read } from '../state/read.js';
import { lastOf } from '../state/read.js';
import type { State } from '../state/state.js';
import { selecting } from './actions.js';
import type { Doing } from './actions.js';
import { radiusView } from './blast-radius.js';
import { claimView, numbersOf } from './claim.js';
import { disagreementsView, factsView, gapsView, hostingView } from './entity.js';
import { nameOf } from './evidence.js';
import type { Evidence } from './evidence.js';
import { chip } from './parts.js';
import type { View } from './parts.js';
import { readView } from './read-view.js';
import { showClaimIn } from './reveal.js';
import { section } from './section.js';
import { subjectLink } from './subject-link.js';

/** The answer on screen, if it is about this subject: that of another is never shown under its name. */
const entityAt = (state: State, subject: string): Entity | null => {
  const entity = lastOf(state.reads.entity)?.data ?? null;
  return entity?.id === subject ? entity : null;
};

const isAbout = ({ incidentId, subjects }: BlastRadius, subject: string): boolean =>
  incidentId === subject || subjects.some(({ id }) => id === subject);

const ofSubject = <T>(read: Read<T>, isOf: (value: T) => boolean): Read<T> => {
  const last = lastOf(read);
  if (last === null || isOf(last)) return read;
  return read.phase === 'loading'
    ? { ...read, last: null }
    : read.phase === 'failed'
      ? { ...read, last: null }
      : { phase: 'loading', asked: '', last: null };
};

const kindOf = (state: State, subject: string): string => {
  if (isEntity(subject)) return kindName(subject.slice(0, subject.indexOf(':')));
  if (isIncidentId(subject)) return 'incident';
  const isRegion = lastOf(state.reads.exposures)?.data.some(({ regionId }) => regionId === subject) === true;
  return isRegion ? 'cloud region' : 'operator or partition';
};

const heading = (doing: Doing, state: State, subject: string, entity: Entity | null): TemplateResult => {
  const title =
    entity?.name ??
    (isEntity(subject) || subject.includes(':') || isIncidentId(subject)
      ? nameOf(state, subject)
      : operatorName(subject));
  const selection = isIncidentId(subject)
    ? ({ kind: 'incident', id: subject } as const)
    : kindOf(state, subject) === 'cloud region'
      ? ({ kind: 'region', id: subject } as const)
      : null;
  return html`
    <p>
      <a
        class="inline-link"
        href=${doing.linkTo({ page: 'entities', subject: null })}
        @click=${(event: MouseEvent) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          doing.send({ do: 'page', page: 'entities' });
        }}
        ><span aria-hidden="true">←</span> All entities</a
      >
    </p>
    <h2 id="panel-heading" tabindex="-1" dir="auto">${title}</h2>
    <p class="quiet">
      ${kindOf(state, subject)} · <code>${subject}</code>
      ${entity === null || entity.aliases.length === 0 ? nothing : html`· also ${entity.aliases.join(', ')}`}
      ${entity?.operatorId == null ? nothing : html`· it is the operator ${subjectLink(doing, entity.operatorId, operatorName(entity.operatorId))}`}
      ${entity?.partitionId == null ? nothing : html`· it is the partition ${subjectLink(doing, entity.partitionId, entity.partitionId)}`}
      ${entity === null || entity.tlp === 'TLP:CLEAR' ? nothing : chip(entity.tlp, 'tlp')}
    </p>
    ${
      selection === null
        ? nothing
        : html`<p>
            <a
              class="inline-link"
              href=${doing.linkTo({ page: 'map', subject: null, selection })}
              @click=${selecting(doing, selection)}
              >${selection.kind === 'region' ? `Now and ahead of ${ownName(subject)}` : 'The incident'}, on the map</a
            >
          </p>`
    }
  `;
};

const claimsView = (doing: Doing, claims: readonly ItemClaim[]): View =>
  claims.length === 0
    ? nothing
    : section(doing, { id: 'claims', title: 'Every claim behind this page', note: String(claims.length) }, () =>
        claims.map((claim, index) =>
          claimView(
            doing,
            claim,
            index + 1,
            html`<p class="quiet">Item of its source: <code>${claim.itemId}</code></p>`,
          ),
        ),
      );

/** The page of one subject: what is said of it, what is not known, what stands on it and what it stands on. */
export const subjectView = (doing: Doing, state: State, subject: string): TemplateResult => {
  const { reads } = state;
  const down = ofSubject(reads.radiusDown, ({ data }) => isAbout(data, subject));
  const up = ofSubject(reads.radiusUp, ({ data }) => isAbout(data, subject));
  const page = ofSubject(reads.entity, ({ data }) => data.id === subject);
  const entity = entityAt(state, subject);
  const claims = [
    ...new Map(
      [...(entity?.claims ?? []), ...(lastOf(down)?.data.claims ?? []), ...(lastOf(up)?.data.claims ?? [])].map(
        (claim) => [claim.id, claim] as const,
      ),
    ).values(),
  ];
  const evidence: Evidence = { doing, state, numbers: numbersOf(claims), showClaim: showClaimIn(doing) };
  return html`
    ${heading(doing, state, subject, entity)}
    ${
      isEntity(subject)
        ? readView(
            doing,
            'What is said of it',
            page,
            ({ data }) => html`
              <div class="entity-columns">
                <div>${hostingView(evidence, data)} ${factsView(evidence, data)}</div>
                <div>${disagreementsView(evidence, data)} ${gapsView(evidence, data)}</div>
              </div>
            `,
          )
        : nothing
    }
    <section aria-labelledby="down-title">
      <h3 id="down-title">What stands on it</h3>
      ${readView(doing, 'What stands on it', down, ({ data }) => radiusView(evidence, data))}
    </section>
    ${
      isEntity(subject)
        ? html`<section aria-labelledby="up-title">
            <h3 id="up-title">What it stands on</h3>
            ${readView(doing, 'What it stands on', up, ({ data }) => radiusView(evidence, data))}
          </section>`
        : nothing
    }
    ${claimsView(doing, claims)}
  `;
};
