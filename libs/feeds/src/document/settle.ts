import { claimDraftSchema, type ClaimDraft } from '@faultline/evidence';
import type { Quarantine } from '../model/adapter.js';
import { pointerOf, shown } from './fault.js';

/**
 * Makes one set of drafts of what the items of a document gave. The same draft twice is kept once; two drafts with one
 * identity that say different things are both set aside as `feed.id_conflict`, for their order in a document means
 * nothing; a draft that is no valid claim is set aside too, so that no reader of a feed can hand one on.
 *
 * `isValid` spares the check of each draft: for the reader of long tables, whose own checks leave nothing invalid, which
 * its specs prove.
 */
export function settleDrafts(
  drafts: readonly ClaimDraft[],
  isValid = false,
): { drafts: ClaimDraft[]; quarantined: Quarantine[] } {
  const kept = new Map<string, { draft: ClaimDraft; conflict: boolean }>();
  const quarantined: Quarantine[] = [];
  for (const draft of drafts) {
    const issue = isValid ? undefined : claimDraftSchema.safeParse(draft).error?.issues[0];
    const where = draft.locator ?? draft.item.id;
    if (issue) {
      quarantined.push({
        code: 'field.invalid',
        locator: where,
        got: shown(draft.item),
        wanted: `${issue.message} at ${pointerOf('', ...issue.path)}`,
      });
      continue;
    }
    const key = JSON.stringify([draft.item.id, draft.item.version, draft.item.part]);
    const held = kept.get(key);
    if (held === undefined) kept.set(key, { draft, conflict: false });
    else if (saidBy(held.draft) !== saidBy(draft)) {
      held.conflict = true;
      quarantined.push({
        code: 'feed.id_conflict',
        locator: where,
        got: shown(draft.item),
        wanted: `what ${held.draft.locator ?? 'the first'} says`,
      });
    }
  }
  return { drafts: [...kept.values()].filter(({ conflict }) => !conflict).map(({ draft }) => draft), quarantined };
}

function saidBy(draft: ClaimDraft): string {
  return JSON.stringify({ ...draft, locator: null });
}
