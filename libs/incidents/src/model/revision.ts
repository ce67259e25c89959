import type { IncidentAccount } from './account.js';

/** What a revision keeps of an account: all of it that evidence can change, nothing that passing time changes. */
export interface RevisionState {
  readonly incidentId: string;
  readonly block: string;
  readonly title: string;
  readonly peril: string;
  /** `open` for unfolding and ongoing: which of the two it is depends on when one looks. */
  readonly lifecycle: string;
  readonly status: string;
  readonly onset: string | null;
  readonly regionIds: readonly string[];
  readonly zoneIds: readonly string[];
  readonly countries: readonly string[];
  readonly severity: number | null;
  readonly aspects: Readonly<Record<string, { readonly outcome: string; readonly keys: readonly string[] }>>;
  readonly claimIds: readonly string[];
  /** Ids of the incidents that are this same one; absent where there are none. */
  readonly joinedIds?: readonly string[];
}

export function revisionStateOf(account: IncidentAccount): RevisionState {
  const { lifecycle } = account;
  return {
    incidentId: account.id,
    block: account.block,
    title: account.title,
    peril: account.peril,
    lifecycle: lifecycle === 'unfolding' || lifecycle === 'ongoing' ? 'open' : lifecycle,
    status: account.status,
    onset: account.onset,
    regionIds: account.regionIds,
    zoneIds: account.zoneIds,
    countries: account.countries,
    severity: account.severity,
    aspects: Object.fromEntries(
      account.aspects.map(({ aspect, outcome, statements }) => [
        aspect,
        { outcome, keys: [...new Set(statements.map(({ key }) => key))].sort() },
      ]),
    ),
    claimIds: account.links.map(({ claim }) => claim.id),
    ...(account.joinedIds ? { joinedIds: account.joinedIds } : {}),
  };
}

/** The states an account stands for: its own, and of each incident joined to it that it is told there now. */
export function revisionStatesOf(account: IncidentAccount): RevisionState[] {
  const own = revisionStateOf(account);
  const joined = (account.joinedIds ?? []).map((incidentId): RevisionState => {
    return { ...own, incidentId, lifecycle: 'joined', claimIds: [], aspects: {}, joinedIds: [account.id] };
  });
  return [own, ...joined];
}

/** Names of the fields in which two states differ, an aspect as `aspects.<name>`. All fields where there was none before. */
export function changedFields(before: RevisionState | undefined, after: RevisionState): string[] {
  const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  const fields = Object.keys({ ...before, ...after }).filter(
    (field) => field !== 'aspects' && field !== 'incidentId' && field !== 'block',
  );
  const aspects = Object.keys({ ...before?.aspects, ...after.aspects });
  return [
    ...fields.filter(
      (field) => !before || differs(before[field as keyof RevisionState], after[field as keyof RevisionState]),
    ),
    ...aspects
      .filter((aspect) =>
        before
          ? differs(before.aspects[aspect], after.aspects[aspect])
          : after.aspects[aspect]?.outcome !== 'not-stated',
      )
      .map((aspect) => `aspects.${aspect}`),
  ];
}
